import { readDesign } from '../domain/artifact/design.ts';
import { readRequirements } from '../domain/artifact/requirements.ts';
import { matchesPattern } from '../domain/build/paths.ts';
import { inputFault } from '../domain/fault.ts';
import { groupBy } from '../domain/group.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import type { Ports } from './ports.ts';

/**
 * Deliveries that what changed since a ref reaches: by their own record, by a path that a component of them owns, or by a
 * delivery that they depend on. Where the rules of the repository moved, every one.
 *
 * @throws Fault `unknown-ref`
 */
export function affectedDeliveries(ports: Ports, ids: readonly string[], ref: string): string[] {
  const commit = ports.history.commit(ref);
  if (commit === undefined)
    throw inputFault({
      code: 'unknown-ref',
      message: `${JSON.stringify(ref)} names no commit here`,
      expected: 'a branch, tag or commit that was fetched',
      next: `git fetch origin, with the whole history`,
    });
  const since = ports.history.fork(commit) ?? commit;
  const records = ports.history.changedRecords(since);
  const files = ports.history.changed(since);
  // Signers and attributes lie beside the deliveries.
  if (files.includes(POLICY_FILE) || records.some((path) => path.split('/').length < 3)) return [...ids];
  const touched = new Set(records.map((path) => path.split('/')[1]!));
  const reached = new Set(ids.filter((id) => touched.has(id) || owns(ports, id, files)));
  const ties = ids.flatMap((id) => dependencies(ports, id).map((on) => ({ id, on })));
  const dependents = groupBy(ties, ({ on }) => on);
  // A set is walked in order of insertion, with what is added on the way.
  for (const id of reached) for (const tie of dependents.get(id) ?? []) reached.add(tie.id);
  return ids.filter((id) => reached.has(id));
}

function owns(ports: Ports, id: string, files: readonly string[]): boolean {
  const text = files.length === 0 ? undefined : ports.deliveries.artifact(id, 'design.md');
  if (text === undefined) return false;
  const patterns = readDesign(text).components.flatMap(({ paths }) => paths);
  return files.some((file) => patterns.some((pattern) => matchesPattern(pattern, file)));
}

function dependencies(ports: Ports, id: string): string[] {
  const text = ports.deliveries.artifact(id, 'requirements.md');
  // Most name none, and reading all of them is the work of verifying them.
  if (text === undefined || !/^depends-on:/m.test(text)) return [];
  return readRequirements(text).front?.['depends-on'] ?? [];
}

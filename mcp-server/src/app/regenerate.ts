import type { Component } from '../domain/artifact/design.ts';
import { fieldsOf } from '../domain/artifact/fields.ts';
import { filesOf } from '../domain/build/manifest.ts';
import { checkOwners, isBuilt } from '../domain/build/order.ts';
import { type Behaviour, lostBehaviour } from '../domain/build/uncovered.ts';
import { designBlocks } from '../domain/delivery.ts';
import { compareReports } from '../domain/extract/compare.ts';
import type { ExtractReport } from '../domain/extract/contract.ts';
import { inputFault } from '../domain/fault.ts';
import type { Answer } from './answer.ts';
import { extract } from './extract.ts';
import { type Loaded, load } from './load.ts';
import { overTexts } from './over-texts.ts';
import type { ExtractPorts } from './ports/extraction.ts';
import type { Ports } from './ports.ts';
import { runCommand } from './run-command.ts';

export interface Regenerated {
  component: string;
  /** The second work tree; null when there is none. */
  folder: string | null;
  /** What the old component does and the new one does not. */
  lost: Behaviour[];
  /** Gaps that only the new one has. */
  newGaps: string[];
  checks: { check: string; failures: string[] }[];
}

/**
 * Prepares a clean work tree without the files of one component, to be built anew from the design; the delivery itself is
 * not touched.
 *
 * @throws Fault `unknown-component`, `no-worktree`
 */
export async function startRegenerate(ports: Ports, id: string, componentId: string): Promise<Answer<Regenerated>> {
  const loaded = load(ports, id);
  const component = componentOf(loaded, componentId);
  const blocks = designBlocks(loaded.state);
  const none = { component: component.id, folder: null, lost: [], newGaps: [], checks: [] };
  if (blocks.length > 0) return { said: 'Nothing was prepared.', blocks, next: `/solution-design ${id}`, data: none };
  const old = filesOf(component, loaded.read.workspace).map((file) => file.path);
  const others = loaded.read.workspace.files.map((file) => file.path).filter((path) => !old.includes(path));
  const folder = await ports.commits.sideTree(nameOf(id, component), [...others, `deliveries/${id}`], old);
  return {
    said: `${folder} holds everything but the ${old.length} files of ${component.id}.`,
    blocks: [],
    next: `build ${component.id} there from design.md alone (${component.paths.join(', ')}), then: countersign build ${id} --regenerate ${component.id} --compare`,
    data: { ...none, folder },
  };
}

/**
 * Compares a component with the one that was built anew: what the old one does that the new one does not, whether anything
 * asks for it, and what the checks say of the new one. Nothing is recorded.
 *
 * @param there the ports of the second work tree
 * @throws Fault `unknown-component`
 */
export async function compareRegenerated(
  ports: Ports,
  there: Ports,
  extraction: ExtractPorts,
  id: string,
  componentId: string,
): Promise<Answer<Regenerated>> {
  const here = load(ports, id);
  const component = componentOf(here, componentId);
  const pathsOf = ({ read }: Loaded) => filesOf(component, read.workspace).map((file) => file.path);
  const anew = load(there, id);
  const folder = ports.commits.sideTreeAt(nameOf(id, component)) ?? null;
  const data: Regenerated = { component: component.id, folder, lost: [], newGaps: [], checks: [] };
  if (pathsOf(anew).length === 0)
    return {
      said: `Nothing was built for ${component.id} in ${folder}.`,
      blocks: [`nothing at ${component.paths.join(', ')}`],
      next: `build ${component.id} there, then compare`,
      data,
    };
  const [before, after] = [
    await factsOf(ports, extraction, pathsOf(here)),
    await factsOf(there, extraction, pathsOf(anew)),
  ];
  Object.assign(data, lostBehaviour(compareReports(before, after), specified(here, component)));
  const owners = checkOwners(here.state.design!);
  for (const check of here.state.design!.checks) {
    if (owners.get(check.id) !== component.id || check.method !== 'command' || check.command === undefined) continue;
    const present = () => load(there, id).read.workspace.files;
    const { failures } = await runCommand(there, check, here.read.policy.checks, present);
    data.checks.push({ check: check.id, failures });
  }
  const failed = data.checks.filter((one) => one.failures.length > 0);
  const uncovered = data.lost.filter((one) => !one.covered);
  return {
    said: `${component.id} built anew: ${data.lost.length} things the old one does did not come back, ${uncovered.length} of them asked for by nothing; ${data.checks.length - failed.length} of ${data.checks.length} checks pass.`,
    blocks: failed.map((one) => `${one.check}: ${one.failures.join('; ')}`),
    next:
      data.lost.length === 0
        ? `countersign build ${id} --regenerate ${component.id} --discard`
        : `decide for each: a requirement that was never written (/spec-change ${id}), or something nobody needs`,
    data,
  };
}

/** Removes the second work tree. */
export async function discardRegenerated(ports: Ports, id: string, componentId: string): Promise<Answer<Regenerated>> {
  const component = componentOf(load(ports, id), componentId);
  const folder = ports.commits.sideTreeAt(nameOf(id, component));
  if (folder !== undefined) await ports.commits.discard(folder);
  return {
    said: folder === undefined ? 'There is none.' : `Removed ${folder}.`,
    blocks: [],
    next: '',
    data: { component: component.id, folder: null, lost: [], newGaps: [], checks: [] },
  };
}

/** The second work tree of a component. */
export function regeneratedAt(ports: Ports, id: string, componentId: string): string {
  const component = componentOf(load(ports, id), componentId);
  const folder = ports.commits.sideTreeAt(nameOf(id, component));
  if (folder !== undefined) return folder;
  throw inputFault({
    code: 'not-prepared',
    message: `${component.id} of ${id} is not being built anew`,
    next: `countersign build ${id} --regenerate ${component.id}`,
  });
}

const nameOf = (id: string, component: Component) => `${id}-${component.id}`;

function componentOf({ state }: Loaded, wanted: string): Component {
  const built = (state.design?.components ?? []).filter(isBuilt);
  const found = built.find((one) => one.id === wanted);
  if (found !== undefined) return found;
  throw inputFault({
    code: 'unknown-component',
    message: `there is no component ${JSON.stringify(wanted)} that is built here`,
    expected: `one of: ${built.map((one) => one.id).join(', ')}`,
  });
}

async function factsOf(ports: Ports, extraction: ExtractPorts, paths: readonly string[]): Promise<ExtractReport> {
  const texts = new Map(paths.map((path) => [path, ports.files.read(path) ?? '']));
  return extract(overTexts(extraction, texts), '.');
}

/** What anybody asked for: the requirements, and what the design says of the component and its interfaces. */
function specified({ read, state }: Loaded, component: Component): string {
  const fields = component.block === undefined ? [] : [...fieldsOf(component.block).values()].map((one) => one.value);
  const { design } = state;
  const block = component.block;
  const own = block === undefined ? '' : (design?.doc.text.slice(block.start, block.end) ?? '');
  return [read.artifacts['requirements.md'] ?? '', own, ...fields].join('\n');
}

import type { Component, Design } from '../artifact/design.ts';
import { sectionText } from '../artifact/splice.ts';
import type { Workspace } from '../build/manifest.ts';
import { checkOwners } from '../build/order.ts';
import { ownersOf } from '../build/owned.ts';
import { isElsewhere } from '../build/paths.ts';
import { byId, idsIn, requirementOf } from '../ids.ts';
import { type ArtifactName, GATES, STAGE, type Track } from '../stage.ts';
import type { UnitChange } from './delta.ts';

/** What an edit of the specification makes stale, and what stays. */
export interface Impact {
  stale: Reach;
  stays: Reach;
  /** Patterns of the paths that have to change, also those of components that are gone. */
  paths: string[];
  /** Why each component is reached: the touched ids that lead to it. */
  because: Record<string, string[]>;
  /** Touched entries and sections that lead to no component: someone has to look. */
  unplaced: string[];
}

export interface Reach {
  components: string[];
  tasks: string[];
  files: string[];
  checks: string[];
  /** Subjects such as `stage:design`. */
  approvals: string[];
}

export interface ArtifactDelta {
  artifact: ArtifactName;
  changes: readonly UnitChange[];
}

/**
 * Follows a delta through both designs: from what was touched to the components that realise, cite or own it, and from
 * there to tasks, files, checks and approvals. Checks of what depends on a component have to run again, too, but its
 * files stay.
 *
 * @param before the approved design, for what is gone
 */
export function impactOf(
  deltas: readonly ArtifactDelta[],
  {
    before,
    now,
    workspace,
    track,
  }: { before: Design | undefined; now: Design | undefined; workspace: Workspace; track: Track },
): Impact {
  const designs = [before, now].filter((design) => design !== undefined);
  const because = new Map<string, Set<string>>();
  const unplaced: string[] = [];
  const paths = designs.map(reachFrom);
  for (const { changes } of deltas)
    for (const change of changes) {
      const ids = change.entry ? [change.key] : rowIds(change);
      const reached = ids.flatMap((id) => paths.flatMap((reach) => reach(id)).map((component) => ({ id, component })));
      if (reached.length === 0) unplaced.push(change.key);
      for (const { id, component } of reached) put(because, component, id);
    }
  const components = uniqueComponents(designs);
  const touched = components.filter(({ id }) => because.has(id));
  const dependents = new Set(above(components, touched));
  const rerun = new Set([...touched.map((one) => one.id), ...dependents]);
  const owners = new Map(designs.flatMap((design) => [...checkOwners(design)]));
  const checked = new Set(owners.values());
  const kept = new Set(now?.components.map((one) => one.id));
  const owned = ownersOf(components, workspace);
  const patterns = touched
    .flatMap((one) => (one.action === 'skip' ? [] : one.paths))
    .filter((path) => !isElsewhere(path));
  const [stale, stays] = [true, false].map((is): Reach => {
    const pick = (ids: Iterable<string>, isStale: (id: string) => boolean) =>
      [...new Set(ids)].filter((id) => isStale(id) === is);
    const buildable = components.filter((one) => one.action !== 'skip' && kept.has(one.id));
    return {
      components: pick(
        components.map((one) => one.id),
        (id) => because.has(id),
      ).sort(byId),
      tasks: pick(
        buildable.flatMap((one) => tasksOf(one, checked)),
        (id) => isTaskStale(id, because, rerun),
      ).sort(byId),
      files: pick(owned.keys(), (path) => owned.get(path)!.some((id) => because.has(id))),
      checks: pick(
        (now?.checks ?? []).map((one) => one.id),
        (id) => rerun.has(owners.get(id) ?? ''),
      ).sort(byId),
      approvals: pick(
        GATES[track].map((gate) => `stage:${gate.stage}`),
        (about) => isApprovalStale(about, deltas, track),
      ),
    };
  }) as [Reach, Reach];
  const reasons = [...because].sort(([a], [b]) => byId(a, b)).map(([id, ids]) => [id, [...ids].sort(byId)] as const);
  return { stale, stays, paths: [...new Set(patterns)].sort(), because: Object.fromEntries(reasons), unplaced };
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

/** The ids that rows of a table begin with: a finding about `CAP-1` is about `CAP-1`. */
function rowIds(change: UnitChange): string[] {
  const texts = change.pieces.flatMap(({ before, after }) => [before ?? '', after ?? '']);
  return [...new Set(texts.flatMap((text) => idsIn(text.split(' | ')[0]!).slice(0, 1)))];
}

/** The components of a design that an id leads to. */
function reachFrom(design: Design): (id: string) => string[] {
  const citing = new Map<string, string[]>();
  const cite = (id: string, by: string) => {
    const list = citing.get(id);
    if (list === undefined) citing.set(id, [by]);
    else list.push(by);
  };
  const owners = checkOwners(design);
  const known = new Set(design.components.map((one) => one.id));
  for (const entry of [...design.decisions, ...design.components, ...design.checks])
    for (const id of new Set(idsIn(sectionText(design.doc, entry.block!)))) {
      // What a component depends on is no reason to change it; its checks run again, and that is found by the order.
      if (id !== entry.id && !(id.startsWith('CMP-') && known.has(entry.id))) cite(id, entry.id);
      if (entry.id.startsWith('DEC-') && known.has(id)) cite(entry.id, id);
    }
  return (start) => {
    const found = new Set<string>();
    const seen = new Set<string>();
    const open = start.startsWith('AC-') ? [start, requirementOf(start)] : [start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (known.has(id)) found.add(id);
      else if (id.startsWith('CHK-')) open.push(...[owners.get(id) ?? []].flat());
      else open.push(...(citing.get(id) ?? []));
    }
    return [...found];
  };
}

/** The components of both designs; one that is in both counts as it is now. */
function uniqueComponents(designs: readonly Design[]): Component[] {
  return [...new Map(designs.flatMap((design) => design.components.map((one) => [one.id, one] as const))).values()];
}

/** Everything that depends on one of these, directly or not. */
function above(components: readonly Component[], touched: readonly Component[]): string[] {
  const users = new Map<string, string[]>();
  for (const { id, dependsOn } of components)
    for (const other of dependsOn) {
      const list = users.get(other);
      if (list === undefined) users.set(other, [id]);
      else list.push(id);
    }
  const found = new Set<string>();
  const open = touched.flatMap((one) => users.get(one.id) ?? []);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(users.get(id) ?? []));
  }
  return [...found];
}

function tasksOf({ id, action }: Component, checked: ReadonlySet<string>): string[] {
  const number = id.slice('CMP-'.length);
  return [
    ...(action === 'build' || action === 'adopt' ? [`TSK-${number}.1`] : []),
    ...(checked.has(id) ? [`TSK-${number}.2`] : []),
  ];
}

function isTaskStale(task: string, touched: ReadonlyMap<string, unknown>, rerun: ReadonlySet<string>): boolean {
  const [number, step] = task.slice('TSK-'.length).split('.');
  return step === '1' ? touched.has(`CMP-${number}`) : rerun.has(`CMP-${number}`);
}

/** A gate goes stale with its own artifacts and with everything upstream of it. */
function isApprovalStale(about: string, deltas: readonly ArtifactDelta[], track: Track): boolean {
  const touched = new Set(deltas.filter((one) => one.changes.length > 0).map((one) => one.artifact));
  const gates = GATES[track];
  const first = gates.findIndex((gate) =>
    gate.covers.some((stage) => touched.has(STAGE[stage].artifact as ArtifactName)),
  );
  return first >= 0 && gates.findIndex((gate) => `stage:${gate.stage}` === about) >= first;
}

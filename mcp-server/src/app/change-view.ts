import { readDesign } from '../domain/artifact/design.ts';
import { baselineOf, SPECIFIED } from '../domain/change/baseline.ts';
import { type Cycle, type CycleStatus, rivals } from '../domain/change/cycles.ts';
import { type ChangePlan, planOf, requirementHashes } from '../domain/change/plan.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import { deltaOf } from '../domain/delta/delta.ts';
import { type ArtifactDelta, impactOf } from '../domain/delta/impact.ts';
import { inputFault } from '../domain/fault.ts';
import { contentHash, normaliseText } from '../domain/hash.ts';
import type { Loaded } from './load.ts';
import type { Ports } from './ports.ts';

/** A cycle of change as it stands, with what it would do. */
export interface ChangeView {
  delivery: string;
  n: number | null;
  status: CycleStatus | null;
  digest: string | null;
  plan: ChangePlan | null;
  /** Tasks with their states while the change is applied. */
  tasks: { id: string; state: string; paths: string[] }[];
  cycles: { n: number; title: string; status: CycleStatus }[];
}

/** @throws Fault `no-open-change` */
export function openCycle({ read, state }: Loaded): Cycle {
  if (state.change !== null) return state.change.cycle;
  throw inputFault({
    code: 'no-open-change',
    message: `no change of ${read.id} is open`,
    expected: 'a change that was proposed and not closed',
    next: `countersign change ${read.id} propose`,
  });
}

export const nextNumber = (cycles: readonly Cycle[]) => Math.max(0, ...cycles.map((one) => one.n)) + 1;

/** What the texts as they are now would change, and what has to follow. */
export function draftPlan(
  ports: Ports,
  loaded: Loaded,
  cycle: { n: number; title: string },
  base: readonly Frozen[],
): ChangePlan {
  const { read, state } = loaded;
  const deltas = deltasFrom(ports, loaded, base);
  const designs = { before: readDesign(baseText(ports, read.id, base, 'design.md')), now: state.design };
  const impact = impactOf(deltas, { ...designs, workspace: read.workspace, track: state.settled.track });
  return planOf(cycle, deltas, impact, designs);
}

/** What each text of the specification says differently from what a change rests on. */
export function deltasFrom(ports: Ports, { read }: Loaded, base: readonly Frozen[]): ArtifactDelta[] {
  return SPECIFIED.map((artifact) => ({
    artifact,
    changes: deltaOf(baseText(ports, read.id, base, artifact), normaliseText(read.artifacts[artifact] ?? '')),
  }));
}

/** A text that a change rests on; empty where there was none, or where its evidence is gone. */
export function baseText(ports: Ports, id: string, base: readonly Frozen[], path: string): string {
  const sha256 = base.find((one) => one.path === path)?.sha256;
  return sha256 === undefined ? '' : (ports.deliveries.evidence(id, sha256) ?? '');
}

/** Keeps the texts of the specification as they are now as evidence. */
export function freezeTexts(ports: Ports, { read }: Loaded): Frozen[] {
  return SPECIFIED.flatMap((path) => {
    const text = read.artifacts[path];
    if (text === undefined) return [];
    ports.deliveries.storeEvidence(read.id, normaliseText(text), 'md');
    return [{ path, sha256: contentHash(text) }];
  });
}

/** Other open changes of the same requirements, and requirements that moved under this one. */
export function conflicts(ports: Ports, { read, state }: Loaded, cycle: Cycle): string[] {
  const now = requirementHashes(baseText(ports, read.id, baselineOf(read.ledger, state.cycles), 'requirements.md'));
  const moved = Object.entries(cycle.requirements).filter(([id, hash]) => (now.get(id) ?? '') !== hash);
  const next = `countersign change ${read.id} rebase`;
  return [
    ...rivals(cycle, state.cycles).map(
      ({ n, requirement }) => `change ${n} is open, too, and touches ${requirement}: close one, then ${next}`,
    ),
    ...moved.map(([id]) => `${id} is no longer what change ${cycle.n} started from: ${next}`),
  ];
}

export function view(loaded: Loaded, cycle: Cycle | null, plan: ChangePlan | null): ChangeView {
  const { state, read } = loaded;
  const named = new Set(cycle?.plan?.body.tasks ?? []);
  return {
    delivery: read.id,
    n: cycle?.n ?? null,
    status: cycle?.status ?? null,
    digest: cycle?.submission?.body.digest ?? null,
    plan,
    tasks: state.tasks
      .filter((task) => named.has(task.id))
      .map((task) => ({ id: task.id, state: task.state, paths: task.component.paths })),
    cycles: state.cycles.map(({ n, title, status }) => ({ n, title, status })),
  };
}

import { type Design, readDesign } from './artifact/design.ts';
import { type Feasibility, readFeasibility } from './artifact/feasibility.ts';
import { type Requirements, readRequirements } from './artifact/requirements.ts';
import { type BrokenGlass, brokenGlass } from './break-glass.ts';
import { buildManifest, MANIFEST, type Manifest, type Workspace } from './build/manifest.ts';
import { buildTasks, type Task } from './build/tasks.ts';
import { asApproved, SPECIFIED } from './change/baseline.ts';
import { type Cycle, cyclesOf, isOpen } from './change/cycles.ts';
import { reopened } from './change/reopen.ts';
import { approvedSubmission } from './decision/approved.ts';
import { type Frozen, short } from './decision/subject.ts';
import { verdictOf } from './decision/verdict.ts';
import { allowsDesign } from './feasibility/decision.ts';
import { aboutStage, type GateState, gateStates, type Reason } from './gate/gate.ts';
import { groupBy } from './group.ts';
import { contentHash } from './hash.ts';
import { eventsOf, type Ledger } from './ledger/ledger.ts';
import { type Demand, stricter } from './policy/demand.ts';
import { demandOf, demandOfSubject, type Policy } from './policy/policy.ts';
import { type Settled, settled } from './policy/settled.ts';
import { RETIRE } from './retired.ts';
import { type ArtifactName, GATES, type GateFacts, STAGE, STAGES, type Stage } from './stage.ts';

/** Everything that was read of a delivery, before any conclusion. */
export interface DeliveryRead {
  id: string;
  ledger: Ledger;
  policy: Policy;
  /** The policy of the ref that is trusted, where the present one may not lower it. */
  floor?: Policy;
  /** Texts of the artifacts that are there. */
  artifacts: Partial<Record<ArtifactName, string>>;
  workspace: Workspace;
  /** Ids of events that this machine has seen before and that are gone (docs/ledger.md). */
  gone: readonly string[];
  /** Milliseconds since the epoch. */
  now: number;
}

/** What follows from it: the same input gives the same conclusion anywhere. */
export interface DeliveryState {
  id: string;
  title: string;
  settled: Settled;
  gates: GateState[];
  /** Whether a person's decision ended it: it owns nothing any more, and nothing of it waits. */
  retired: boolean;
  /** The first gate that is not open; null when the delivery is finished or retired. */
  next: GateState | null;
  tasks: Task[];
  manifest: Manifest;
  /** Every time somebody broke the glass. */
  glass: BrokenGlass[];
  /** All cycles of change, in the order in which they were opened. */
  cycles: Cycle[];
  /** The one that is open; the last where branches opened several. */
  change: OpenChange | null;
  requirements: Requirements | undefined;
  feasibility: Feasibility | undefined;
  design: Design | undefined;
}

export interface OpenChange {
  cycle: Cycle;
  /** Whether its plan is approved and the texts are still those of the plan. */
  ready: boolean;
  /** Why not, one sentence each. */
  waitsFor: string[];
}

/** Draws every conclusion about a delivery; pure. */
export function assess(read: DeliveryRead): DeliveryState {
  const { ledger, artifacts, workspace } = read;
  const parse = <T>(name: ArtifactName, reader: (text: string) => T): T | undefined => {
    const text = artifacts[name];
    return text === undefined ? undefined : reader(text);
  };
  const requirements = parse('requirements.md', (text) => readRequirements(text));
  const feasibility = parse('feasibility.md', (text) => readFeasibility(text));
  const design = parse('design.md', (text) => readDesign(text));
  const values = settled(ledger, declared(requirements));
  const manifest =
    design === undefined
      ? { content: null, sha256: null, missing: ['there is no design'] }
      : buildManifest(design, workspace, ledger);
  const demand = demandNow(read, values);
  const veto = (gate: GateFacts): Reason[] => [
    ...rewound(read.gone),
    ...(gate.covers.includes('design') ? infeasible(feasibility) : []),
  ];
  const cycles = cyclesOf(ledger, changeDemand(read, values), read.now);
  const hashes = asApproved(specified(artifacts), ledger, cycles);
  const change = openChange(cycles, artifacts);
  const gatesWith = (sha256: string | null) =>
    gateStates({
      ledger,
      track: values.track,
      current: currentContent(artifacts, hashes, sha256),
      demand,
      veto,
      now: read.now,
    });
  const gates = settledBuild(gatesWith, approvedManifest(ledger)) ?? gatesWith(manifest.sha256);
  const retired = approvedSubmission(ledger, RETIRE, changeDemand(read, values)) !== undefined;
  return {
    id: read.id,
    title: requirements?.front?.title ?? ledger.first.body.title,
    settled: values,
    gates,
    retired,
    next: retired ? null : (gates.find((gate) => gate.state !== 'open') ?? null),
    tasks: design === undefined ? [] : tasksOf(design, read, change),
    manifest,
    glass: brokenGlass(ledger, (about) => subjectDemandNow(read, about, values)),
    cycles,
    change,
    requirements,
    feasibility,
    design,
  };
}

/** What is asked of each gate now: by the policy, and by the trusted one that it may not lower. */
export function demandNow(read: Pick<DeliveryRead, 'policy' | 'floor'>, values: Settled): (gate: GateFacts) => Demand {
  return (gate) => {
    const now = demandOf(read.policy, gate, values);
    return read.floor === undefined ? now : stricter(now, demandOf(read.floor, gate, values));
  };
}

/** The same for a subject that belongs to no stage. */
export function subjectDemandNow(read: Pick<DeliveryRead, 'policy' | 'floor'>, about: string, values: Settled): Demand {
  const now = demandOfSubject(read.policy, about, values);
  return read.floor === undefined ? now : stricter(now, demandOfSubject(read.floor, about, values));
}

function declared(requirements: Requirements | undefined): Partial<Settled> {
  const { track, risk } = requirements?.front ?? {};
  return { ...(track === undefined ? {} : { track }), ...(risk === undefined ? {} : { risk }) };
}

/** Hashes of the specification as it is now. */
export function specified(artifacts: DeliveryRead['artifacts']): Partial<Record<ArtifactName, string>> {
  const entries = SPECIFIED.flatMap((path) => {
    const text = artifacts[path];
    return text === undefined ? [] : [[path, contentHash(text)] as const];
  });
  return Object.fromEntries(entries);
}

/** A change is decided as strictly as any of the gates whose content it moves. */
export function changeDemand(read: Pick<DeliveryRead, 'policy' | 'floor'>, values: Settled): Demand {
  const demands = GATES[values.track].map(demandNow(read, values));
  return demands.reduce(stricter, subjectDemandNow(read, 'change:1', values));
}

function openChange(cycles: readonly Cycle[], artifacts: DeliveryRead['artifacts']): OpenChange | null {
  const cycle = cycles.findLast(isOpen);
  if (cycle === undefined) return null;
  const hashes = specified(artifacts);
  const moved = (cycle.plan?.body.result ?? []).filter(({ path, sha256 }) => hashes[path as ArtifactName] !== sha256);
  const waitsFor = [
    ...cycle.lacking.map((text) => `change ${cycle.n}: ${text}`),
    ...moved.map(({ path }) => `change ${cycle.n}: ${path} is not what was planned`),
  ];
  return { cycle, ready: waitsFor.length === 0, waitsFor };
}

function tasksOf(design: Design, { workspace, ledger }: DeliveryRead, change: OpenChange | null): Task[] {
  const tasks = buildTasks(design, workspace, ledger);
  return change?.ready === true ? reopened(tasks, change.cycle.plan!, ledger) : tasks;
}

function currentContent(
  artifacts: Partial<Record<ArtifactName, string>>,
  hashes: Partial<Record<ArtifactName, string>>,
  manifest: string | null,
): Record<Stage, Frozen[] | null> {
  const frozen = (stage: Stage): Frozen[] | null => {
    const { artifact } = STAGE[stage];
    if (artifact === null) return manifest === null ? null : [{ path: MANIFEST, sha256: manifest }];
    const text = artifacts[artifact];
    return text === undefined ? null : [{ path: artifact, sha256: hashes[artifact] ?? contentHash(text) }];
  };
  return Object.fromEntries(STAGES.map((stage) => [stage, frozen(stage)])) as Record<Stage, Frozen[] | null>;
}

/**
 * The gates as they stand on the approved manifest, as long as that still opens the Build gate: edits after as-built are
 * drift. Once the design moves, or something else was submitted, what is there now counts again.
 */
function settledBuild(gatesWith: (sha256: string) => GateState[], approved: string | null): GateState[] | undefined {
  if (approved === null) return undefined;
  const gates = gatesWith(approved);
  return gates.find((gate) => gate.covers.includes('build'))?.state === 'open' ? gates : undefined;
}

/**
 * The manifest of the last approved as-built record: from then on edits are drift, found by comparing with it
 * (docs/ledger.md).
 */
export function approvedManifest(ledger: Ledger): string | null {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const isApproved = (digest: string) => verdictOf(ledger.graph, decisions.get(digest) ?? []).is === 'approved';
  const submissions = eventsOf(ledger, 'submitted').filter((event) => isApproved(event.body.digest));
  const finished = submissions.findLast((event) => event.body.subject.about === aboutStage('as-built'));
  if (finished === undefined) return null;
  const holds = (event: (typeof submissions)[number]) =>
    event.body.subject.artifacts.find((artifact) => artifact.path === MANIFEST)?.sha256;
  const before = submissions.filter((event) => event === finished || ledger.graph.precedes(event.id, finished.id));
  return before.map(holds).findLast((sha) => sha !== undefined) ?? null;
}

function infeasible(feasibility: Feasibility | undefined): Reason[] {
  const decision = feasibility?.front?.decision;
  if (decision === undefined || allowsDesign(decision)) return [];
  return [
    { code: 'not-feasible', text: `feasibility says ${decision}: there is nothing to design until that changes` },
  ];
}

function rewound(gone: readonly string[]): Reason[] {
  if (gone.length === 0) return [];
  const names = gone.map(short).join(', ');
  return [{ code: 'rewound', text: `rewound: events seen here before are gone (${names})` }];
}

/** The gate that ends a stage, and the gates before it that have to be open first. */
export function gatesBefore(state: DeliveryState, stage: Stage): { gate: GateState; before: GateState[] } {
  const at = state.gates.findIndex((gate) => gate.covers.includes(stage));
  return { gate: state.gates[at]!, before: state.gates.slice(0, at) };
}

/** Whether tasks exist: the design gate is open, and an open change has an approved plan for exactly these texts. */
export function designApproved(state: DeliveryState): boolean {
  return designBlocks(state).length === 0;
}

/** Why nothing may be built, one sentence each. */
export function designBlocks(state: DeliveryState): string[] {
  if (state.retired) return [retiredReason(state)];
  const { gate } = gatesBefore(state, 'design');
  if (gate.state !== 'open') return gate.reasons.map((reason) => reason.text);
  return state.change?.waitsFor ?? [];
}

/** Why nothing goes on in a retired delivery, and the way back. */
export const retiredReason = ({ id }: Pick<DeliveryState, 'id'>) =>
  `${id} is retired; countersign revoke ${id} ${RETIRE} brings it back`;

export const isFinished = (state: DeliveryState) => state.next === null && state.change === null;

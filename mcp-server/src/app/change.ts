import { baselineOf, SPECIFIED } from '../domain/change/baseline.ts';
import { aboutChange, type Cycle, PLAN, SCOPE, scopeBytes } from '../domain/change/cycles.ts';
import { type ChangePlan, planBytes, touchedRequirements } from '../domain/change/plan.ts';
import { type Frozen, type Subject, short, subjectDigest } from '../domain/decision/subject.ts';
import { changeDemand, gatesBefore } from '../domain/delivery.ts';
import { nextRound } from '../domain/gate/gate.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import {
  baseText,
  type ChangeView,
  conflicts,
  deltasFrom,
  draftPlan,
  freezeTexts,
  nextNumber,
  openCycle,
  view,
} from './change-view.ts';
import { type Loaded, load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';
import { runCheck } from './run-check.ts';
import { blockingFindings } from './validate.ts';

/** Where a delivery's changes stand; for the open one, or before one is opened, what the texts say differently. */
export function changeStatus(ports: Ports, id: string): Answer<ChangeView> {
  const loaded = load(ports, id);
  const { change, cycles } = loaded.state;
  if (change === null) {
    const plan = draftPlan(ports, loaded, { n: nextNumber(cycles), title: '' }, baselineOf(loaded.read.ledger, cycles));
    const edits = plan.changes.length;
    const said = `No change of ${id} is open; ${edits} entr${edits === 1 ? 'y differs' : 'ies differ'} from what was approved.`;
    return { said, blocks: [], next: `countersign change ${id} propose`, data: view(loaded, null, plan) };
  }
  const { cycle } = change;
  const plan = draftPlan(ports, loaded, cycle, cycle.base);
  return {
    said: `Change ${cycle.n} of ${id} is ${cycle.status}.`,
    blocks: conflicts(ports, loaded, cycle),
    next: nextStep(loaded),
    data: view(loaded, cycle, plan),
  };
}

/**
 * Opens a change on the approved text. While one is open, this says what it would change so far.
 *
 * @param because the event that is the reason for it
 */
export function proposeChange(
  ports: Ports,
  id: string,
  title: string,
  actor: Actor,
  because?: string,
): Answer<ChangeView> {
  const { state } = load(ports, id);
  if (state.change !== null) return changeStatus(ports, id);
  const blocks: string[] = [];
  append(ports, id, (ledger) => {
    const now = load(ports, id);
    const base = baselineOf(ledger, now.state.cycles);
    const missing = whatIsNotApproved(now, base);
    blocks.push(...missing);
    if (missing.length > 0) return undefined;
    const deltas = deltasFrom(ports, now, base);
    const requirements = touchedRequirements(baseText(ports, id, base, 'requirements.md'), deltas);
    const cause = because === undefined ? {} : { because };
    const n = nextNumber(now.state.cycles);
    return { type: 'change-opened', actor, body: { n, title, base, requirements, ...cause } };
  });
  const after = redraw(ports, id);
  if (blocks.length > 0)
    return { said: 'No change was opened.', blocks, next: nextStep(after), data: view(after, null, null) };
  const status = changeStatus(ports, id);
  return {
    ...status,
    said: `Opened change ${status.data.n} of ${id}: the approved text stays the baseline until it closes.`,
  };
}

/**
 * Freezes what the open change says, with all that has to follow, and asks for a decision on `change:N`. Identical texts
 * under an open plan change nothing.
 *
 * @throws Fault `no-open-change`
 */
export function planChange(ports: Ports, id: string, actor: Actor): Answer<ChangeView> {
  const loaded = load(ports, id);
  const cycle = openCycle(loaded);
  const plan = draftPlan(ports, loaded, cycle, cycle.base);
  const blocks = [
    ...(plan.changes.length === 0 ? ['the texts say what was approved: there is nothing to change'] : []),
    ...conflicts(ports, loaded, cycle),
    ...blockingFindings(ports, loaded, SPECIFIED).map((one) => `${one.path}:${one.line}: ${one.message}`),
  ];
  if (blocks.length > 0)
    return {
      said: `Change ${cycle.n} was not planned.`,
      blocks,
      next: 'mend what blocks, then plan again',
      data: view(loaded, cycle, plan),
    };
  const bytes = planBytes(plan);
  const result = freezeTexts(ports, loaded);
  const sha256 = ports.deliveries.storeEvidence(id, bytes, 'json');
  if (cycle.plan?.body.plan !== sha256 || cycle.submission === undefined)
    submitPlan(ports, loaded, cycle, { plan, sha256, result }, actor);
  const after = redraw(ports, id);
  const now = after.state.change!.cycle;
  return {
    said: `Planned change ${now.n} of ${id}: ${plan.impact.stale.tasks.length} tasks, ${plan.impact.stale.files.length} files there now, ${plan.checks.length} checks; digest ${short(now.submission!.body.digest)}.`,
    blocks: [],
    next: nextStep(after),
    data: view(after, now, plan),
  };
}

function submitPlan(
  ports: Ports,
  { read, state }: Loaded,
  cycle: Cycle,
  { plan, sha256, result }: { plan: ChangePlan; sha256: string; result: Frozen[] },
  actor: Actor,
): void {
  const { id } = read;
  const { stale, paths } = plan.impact;
  const requirements = touchedRequirements(
    baseText(ports, id, cycle.base, 'requirements.md'),
    plan.changes.map((one) => ({ artifact: 'requirements.md', changes: [{ ...one, entry: true, line: 0 }] })),
  );
  const { n, id: change } = cycle;
  const body = { n, change, plan: sha256, result, requirements, tasks: stale.tasks, checks: stale.checks, paths };
  const scope = ports.deliveries.storeEvidence(id, scopeBytes(body), 'json');
  append(ports, id, () => ({ type: 'change-planned', actor, body }));
  append(ports, id, (ledger) => {
    const about = aboutChange(n);
    const policy = changeDemand(read, state.settled);
    const artifacts = [...result, { path: PLAN, sha256 }, { path: SCOPE, sha256: scope }];
    const subject: Subject = {
      v: 1,
      first: ledger.first.id,
      about,
      artifacts,
      upstream: [],
      policy,
      round: nextRound(ledger, about),
    };
    return { type: 'submitted', actor, body: { digest: subjectDigest(subject), subject } };
  });
}

/**
 * What is to be built now: the tasks that reopened, and the paths that may be written.
 *
 * @throws Fault `no-open-change`
 */
export function applyChange(ports: Ports, id: string): Answer<ChangeView> {
  const loaded = redraw(ports, id);
  const cycle = openCycle(loaded);
  const { waitsFor, ready } = loaded.state.change!;
  const data = view(loaded, cycle, draftPlan(ports, loaded, cycle, cycle.base));
  if (!ready)
    return { said: `Change ${cycle.n} cannot be applied yet.`, blocks: waitsFor, next: nextStep(loaded), data };
  const { paths } = cycle.plan!.body;
  const open = data.tasks.filter((task) => task.state !== 'verified');
  return {
    said: `Change ${cycle.n} is being applied: ${open.length} of ${data.tasks.length} tasks are open.`,
    blocks: [],
    next: `write only ${paths.join(', ') || 'nothing'}, then countersign change ${id} verify`,
    data,
  };
}

/**
 * Runs the checks of the plan and closes the cycle: APPLIED when all passed and nothing is missing, else FAILED.
 *
 * @throws Fault `no-open-change`
 */
export async function verifyChange(ports: Ports, id: string, actor: Actor): Promise<Answer<ChangeView>> {
  const loaded = load(ports, id);
  const cycle = openCycle(loaded);
  const { ready, waitsFor } = loaded.state.change!;
  if (!ready)
    return {
      said: `Change ${cycle.n} was not verified.`,
      blocks: waitsFor,
      next: nextStep(loaded),
      data: view(loaded, cycle, null),
    };
  const commands = loaded.state.design?.checks.filter((check) => check.method === 'command').map((one) => one.id) ?? [];
  const named = new Set(cycle.plan!.body.checks);
  const checks: { check: string; result: 'passed' | 'failed'; evidence: string | null }[] = [];
  const failures: string[] = [];
  for (const check of inBuildOrder(
    loaded,
    commands.filter((one) => named.has(one)),
  )) {
    const { data, blocks } = await runCheck(ports, id, check, actor);
    checks.push({ check, result: data.result === 'passed' ? 'passed' : 'failed', evidence: data.evidence });
    failures.push(...blocks.map((text) => `${check}: ${text}`));
  }
  const { manifest } = load(ports, id).state;
  if (failures.length === 0) failures.push(...manifest.missing);
  const status = failures.length === 0 ? 'APPLIED' : 'FAILED';
  const sha256 = manifest.content === null ? null : ports.deliveries.storeEvidence(id, manifest.content, 'json');
  return close(
    ports,
    id,
    cycle,
    { status, reason: failures.join('; ').slice(0, 4000), checks, manifest: sha256 },
    actor,
  );
}

/**
 * Closes the cycle without a result. The texts stay as they are; `restore` brings the approved ones back.
 *
 * @throws Fault `no-open-change`
 */
export function abandonChange(
  ports: Ports,
  id: string,
  reason: string,
  restore: boolean,
  actor: Actor,
): Answer<ChangeView> {
  const loaded = load(ports, id);
  const cycle = openCycle(loaded);
  if (restore) {
    // What was written is kept as evidence: bringing the old text back loses nothing.
    freezeTexts(ports, loaded);
    for (const { path } of cycle.base)
      ports.deliveries.writeArtifact(id, path as (typeof SPECIFIED)[number], baseText(ports, id, cycle.base, path));
  }
  return close(ports, id, cycle, { status: 'ABANDONED', reason, checks: [], manifest: null }, actor);
}

/**
 * Moves an open change to the approved text as it is now, after another change was applied; its plan has to be made anew.
 *
 * @throws Fault `no-open-change`
 */
export function rebaseChange(ports: Ports, id: string, actor: Actor): Answer<ChangeView> {
  const cycle = openCycle(load(ports, id));
  append(ports, id, (ledger) => {
    const now = load(ports, id);
    const base = baselineOf(ledger, now.state.cycles);
    const requirements = touchedRequirements(
      baseText(ports, id, base, 'requirements.md'),
      deltasFrom(ports, now, base),
    );
    const { n, title } = cycle;
    return { type: 'change-opened', actor, body: { n, title, base, requirements, rebases: cycle.id } };
  });
  redraw(ports, id);
  const status = changeStatus(ports, id);
  return { ...status, said: `Change ${cycle.n} rests on the approved text as it is now.` };
}

function close(
  ports: Ports,
  id: string,
  cycle: Cycle,
  end: Pick<NonNullable<Cycle['closed']>['body'], 'status' | 'reason' | 'checks' | 'manifest'>,
  actor: Actor,
): Answer<ChangeView> {
  append(ports, id, () => ({ type: 'change-closed', actor, body: { n: cycle.n, change: cycle.id, ...end } }));
  const after = redraw(ports, id);
  const failed = end.status === 'FAILED';
  return {
    said: `Change ${cycle.n} of ${id} is closed: ${end.status}.`,
    blocks: failed ? [end.reason] : [],
    next: failed ? `mend it, then countersign change ${id} propose opens the next change` : nextStep(after),
    data: view(after, after.state.cycles.find((one) => one.id === cycle.id)!, null),
  };
}

/** A change starts from approved text: every artifact of the specification, and a design gate that was opened. */
function whatIsNotApproved({ state }: Loaded, base: readonly Frozen[]): string[] {
  const missing = SPECIFIED.filter((path) => !base.some((one) => one.path === path));
  if (missing.length === 0) return [];
  const { gate } = gatesBefore(state, 'design');
  return [
    `${missing.join(', ')} was not approved yet: edit it and submit its stage`,
    ...gate.reasons.map((one) => one.text),
  ];
}

/** Checks of lower components first: those above wait for them. */
function inBuildOrder({ state }: Loaded, checks: readonly string[]): string[] {
  const order = state.tasks.flatMap((task) => (task.kind === 'verify' ? task.checks.map((one) => one.check.id) : []));
  const rank = new Map(order.map((check, at) => [check, at]));
  return [...checks].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}

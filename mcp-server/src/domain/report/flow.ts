import { parseAbout } from '../decision/about.ts';
import { person } from '../decision/votes.ts';
import { aboutStage } from '../gate/gate.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { GATES, gateOf, STAGE, type Track } from '../stage.ts';

/** How one gate came to be open for the first time. Times are those that the events claim; durations in milliseconds. */
export interface GateFlow {
  about: string;
  title: string;
  /** When the gate before it was first approved, or the delivery began; null while that is still to come. */
  startedAt: string | null;
  /** When it was first approved; null while it was not. */
  endedAt: string | null;
  totalMs: number;
  /** Of that, with a person who could decide; the rest is work on what is submitted. */
  waitingMs: number;
  rounds: number;
  rejections: number;
  revocations: number;
  /** Whether the first thing that was submitted was approved without a word against it; null while nobody decided. */
  firstPass: boolean | null;
  /** Who decided, and how long they were waited for. */
  deciders: { name: string; decisions: number; waitedMs: number }[];
}

/** How a delivery went, counted from its ledger. */
export interface Flow {
  startedAt: string;
  /** When the last gate was first approved; null while it was not. */
  finishedAt: string | null;
  totalMs: number;
  waitingMs: number;
  /** Who has to act for the next gate: a person who decides, or who works on it; null when all were approved. */
  waitsFor: 'decision' | 'work' | null;
  gates: GateFlow[];
  /** Submissions that answered a rejection or a revocation. */
  reworks: number;
  deviations: number;
  checkRuns: number;
  failedRuns: number;
  /** Checks that failed, the most often failing first. */
  failing: { check: string; failures: number }[];
  /** Submissions of what was already delivered, after its record had been approved. */
  changesAfterAsBuilt: number;
  glassBroken: number;
}

/** What is known of a delivery where deliveries are compared. */
export interface Course {
  delivery: string;
  /** Empty without one. */
  template: string;
  risk: string;
  track: string;
  finished: boolean;
  flow: Flow;
}

/** @param now milliseconds since the epoch, for what still goes on */
export function flowOf(ledger: Ledger, track: Track, now: number): Flow {
  const submissions = groupBy(eventsOf(ledger, 'submitted'), (event) => event.body.subject.about);
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const gates: GateFlow[] = [];
  let from: string | null = ledger.first.at;
  for (const { stage, covers } of GATES[track]) {
    const about = aboutStage(stage);
    const title = covers.map((one) => STAGE[one].title).join(' + ');
    const gate: GateFlow = {
      about,
      title,
      startedAt: from,
      ...gateFlow(submissions.get(about) ?? [], decisions, from, now),
    };
    gates.push(gate);
    from = gate.endedAt;
  }
  const runs = eventsOf(ledger, 'checked');
  const failures = groupBy(
    runs.filter((run) => run.body.result === 'failed'),
    (run) => run.body.check,
  );
  const open = gates.find((gate) => gate.endedAt === null);
  const last = gates.at(-1)!;
  return {
    startedAt: ledger.first.at,
    finishedAt: last.endedAt,
    totalMs: between(ledger.first.at, last.endedAt, now),
    waitingMs: sum(gates.map((gate) => gate.waitingMs)),
    waitsFor: open === undefined ? null : undecided(submissions.get(open.about), decisions) ? 'decision' : 'work',
    gates,
    reworks: reworks(ledger, submissions, decisions),
    deviations: eventsOf(ledger, 'deviated').length,
    checkRuns: runs.length,
    failedRuns: runs.filter((run) => run.body.result === 'failed').length,
    failing: [...failures]
      .map(([check, all]) => ({ check, failures: all.length }))
      .sort((a, b) => b.failures - a.failures || (a.check < b.check ? -1 : 1)),
    changesAfterAsBuilt: changesAfter(ledger, aboutStage(gateOf(track, 'as-built').stage), submissions, decisions),
    glassBroken: eventsOf(ledger, 'declared').filter((event) => event.body.declaration.act === 'break-glass').length,
  };
}

type Submissions = ReadonlyMap<string, readonly Recorded<'submitted'>[]>;
type Decisions = ReadonlyMap<string, readonly Recorded<'decided'>[]>;

function gateFlow(
  submitted: readonly Recorded<'submitted'>[],
  decisions: Decisions,
  from: string | null,
  now: number,
): Omit<GateFlow, 'about' | 'title' | 'startedAt'> {
  const decided = submitted.flatMap((one) => decisions.get(one.body.digest) ?? []);
  const of = (decision: string) => decided.filter((one) => one.body.statement.decision === decision);
  const endedAt = of('approve')[0]?.at ?? null;
  const deciders = new Map<string, GateFlow['deciders'][number]>();
  let waitingMs = 0;
  for (const [at, submission] of submitted.entries()) {
    if (endedAt !== null && Date.parse(submission.at) > Date.parse(endedAt)) continue;
    const answer = decisions.get(submission.body.digest)?.[0];
    const waited = between(submission.at, answer?.at ?? submitted[at + 1]?.at ?? null, now);
    waitingMs += waited;
    if (answer === undefined) continue;
    const { approver } = answer.body.statement;
    const who = deciders.get(person(approver)) ?? { name: approver.name, decisions: 0, waitedMs: 0 };
    deciders.set(person(approver), { ...who, decisions: who.decisions + 1, waitedMs: who.waitedMs + waited });
  }
  const totalMs = from === null ? 0 : between(from, endedAt, now);
  const first = submitted[0] === undefined ? undefined : decisions.get(submitted[0].body.digest);
  return {
    endedAt,
    totalMs,
    waitingMs: Math.min(waitingMs, totalMs),
    rounds: submitted.length,
    rejections: of('reject').length,
    revocations: of('revoke').length,
    firstPass:
      decided.length === 0 ? null : (first?.every((one) => one.body.statement.decision === 'approve') ?? false),
    deciders: [...deciders.values()],
  };
}

/** Never less than nothing: clocks of several machines disagree. */
const between = (from: string, to: string | null, now: number) =>
  Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from));

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

function undecided(submitted: readonly Recorded<'submitted'>[] | undefined, decisions: Decisions): boolean {
  const last = submitted?.at(-1);
  return last !== undefined && !decisions.has(last.body.digest);
}

function reworks(ledger: Ledger, submissions: Submissions, decisions: Decisions): number {
  return sum(
    [...submissions.values()].map((all) => {
      const refused = all
        .flatMap((one) => decisions.get(one.body.digest) ?? [])
        .filter((one) => one.body.statement.decision !== 'approve');
      return all.filter((one) => refused.some((no) => ledger.graph.precedes(no.id, one.id))).length;
    }),
  );
}

/** Whatever is submitted as a stage or a change once the delivery's own record was approved changes what was delivered. */
function changesAfter(ledger: Ledger, record: string, submissions: Submissions, decisions: Decisions): number {
  const approved = (submissions.get(record) ?? [])
    .flatMap((one) => decisions.get(one.body.digest) ?? [])
    .find((one) => one.body.statement.decision === 'approve');
  if (approved === undefined) return 0;
  const later = eventsOf(ledger, 'submitted').filter(
    ({ id, body: { subject } }) =>
      CHANGING.has(parseAbout(subject.about).kind) &&
      subject.about !== record &&
      ledger.graph.precedes(approved.id, id),
  );
  return later.length;
}

const CHANGING: ReadonlySet<string> = new Set(['stage', 'change']);

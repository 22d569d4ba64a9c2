import { contentDigest, type Frozen, short } from '../decision/subject.ts';
import { verdictOf } from '../decision/verdict.ts';
import { countVotes, person } from '../decision/votes.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type Demand, stricter } from '../policy/demand.ts';
import { resets } from '../policy/resets.ts';
import { GATES, type GateFacts, STAGE, type Stage, type Track } from '../stage.ts';

export type ReasonCode =
  | 'upstream'
  | 'missing-artifact'
  | 'not-submitted'
  | 'changed'
  | 'upstream-changed'
  | 'undecided'
  | 'rejected'
  | 'revoked'
  | 'contested'
  | 'demand'
  | 'not-feasible'
  | 'integrity'
  | 'rewound';

export interface Reason {
  code: ReasonCode;
  text: string;
}

export interface Approval {
  approver: string;
  level: string;
  at: string;
  event: string;
}

/** A gate as it stands. It is open only when nothing is missing. */
export interface GateState {
  stage: Stage;
  covers: readonly Stage[];
  about: string;
  /** stale: it was approved, and what was approved is no longer what is there. */
  state: 'open' | 'blocked' | 'stale';
  reasons: Reason[];
  /** The digest that waits for a decision, or that was approved. */
  digest: string | null;
  round: number;
  approvals: Approval[];
  /** What downstream binds to; null while something is not there to be hashed. */
  content: string | null;
}

export interface GateInput {
  ledger: Ledger;
  track: Track;
  /** What each stage would freeze if it were submitted now; null where there is nothing yet. */
  current: Record<Stage, Frozen[] | null>;
  /** What policy asks of each gate now. */
  demand: (gate: GateFacts) => Demand;
  /** Milliseconds since the epoch, for approvals that expire. */
  now: number;
  /** Further reasons why a gate cannot be open, such as a verdict of not feasible upstream. */
  veto: (gate: GateFacts) => Reason[];
}

/** With the decisions that lowered policy, found once for all gates. */
type Judged = GateInput & { lowered: readonly Recorded<'decided'>[] };

export const aboutStage = (stage: Stage) => `stage:${stage}`;

/** All gates of a delivery in order; each depends on those before it. */
export function gateStates(given: GateInput): GateState[] {
  const input = { ...given, lowered: resets(given.ledger) };
  const submissions = groupBy(eventsOf(input.ledger, 'submitted'), (event) => event.body.subject.about);
  const decisions = groupBy(eventsOf(input.ledger, 'decided'), (event) => event.body.statement.subject);
  const states: GateState[] = [];
  for (const gate of GATES[input.track])
    states.push(gateState(input, gate, states, submissions.get(aboutStage(gate.stage)) ?? [], decisions));
  return states;
}

function gateState(
  input: Judged,
  gate: GateFacts,
  upstream: readonly GateState[],
  submissions: readonly Recorded<'submitted'>[],
  decisions: ReadonlyMap<string, Recorded<'decided'>[]>,
): GateState {
  const { ledger } = input;
  const about = aboutStage(gate.stage);
  const artifacts = gateContent(input.current, gate);
  const bound = upstream.map((state) => state.content);
  const complete = artifacts !== null && bound.every((digest) => digest !== null);
  const content = complete
    ? contentDigest({ first: ledger.first.id, about, artifacts, upstream: bound as string[] })
    : null;

  const latest = ledger.graph.latest(submissions);
  const matching = latest.filter((event) => contentDigest(event.body.subject) === content);
  const approved = latest.filter(
    (event) => verdictOf(ledger.graph, decisions.get(event.body.digest) ?? []).is === 'approved',
  );
  const shown = matching.at(-1) ?? approved.at(-1) ?? latest.at(-1);
  const state: GateState = {
    stage: gate.stage,
    covers: gate.covers,
    about,
    state: 'blocked',
    reasons: [],
    digest: shown?.body.digest ?? null,
    round: shown?.body.subject.round ?? 0,
    approvals: [],
    content,
  };

  const closed = upstream.find((other) => other.state !== 'open');
  if (closed !== undefined)
    state.reasons.push({ code: 'upstream', text: `${STAGE[closed.stage].title} is not approved as it is now` });
  for (const stage of gate.covers)
    if (input.current[stage] === null) state.reasons.push({ code: 'missing-artifact', text: missing(stage) });
  state.reasons.push(...input.veto(gate));

  if (shown === undefined) state.reasons.push({ code: 'not-submitted', text: 'not submitted for approval' });
  else if (matching.length === 0) {
    if (approved.length > 0) state.state = 'stale';
    state.reasons.push(...difference(shown, artifacts ?? [], approved.length > 0));
  } else {
    const { reasons, approvals } = ballot(input, gate, { matching, all: submissions, decisions });
    state.approvals = approvals;
    state.reasons.push(...reasons);
  }
  if (state.reasons.length === 0) state.state = 'open';
  return state;
}

/** What a gate would freeze now: the content of every stage it covers, in order. */
export function gateContent(current: Record<Stage, Frozen[] | null>, gate: GateFacts): Frozen[] | null {
  const parts = gate.covers.map((stage) => current[stage]);
  return parts.includes(null) ? null : (parts as Frozen[][]).flat();
}

function missing(stage: Stage): string {
  const { artifact } = STAGE[stage];
  return artifact === null ? 'what is built is not complete' : `${artifact} is not there`;
}

/**
 * Whether the decisions on what is there now open the gate, and if not, why. Branches may have submitted the same content
 * as different digests: a rejection of one is a rejection of that content, and the strictest that any bound is asked for.
 */
function ballot(
  input: Judged,
  gate: GateFacts,
  submitted: {
    matching: readonly Recorded<'submitted'>[];
    all: readonly Recorded<'submitted'>[];
    decisions: ReadonlyMap<string, Recorded<'decided'>[]>;
  },
): { reasons: Reason[]; approvals: Approval[] } {
  const { graph } = input.ledger;
  const digests = new Set(submitted.matching.map((event) => event.body.digest));
  const [same, others] = [true, false].map((is) => submitted.all.filter((one) => digests.has(one.body.digest) === is));
  // Changed bytes open a new round: an approval given before them does not come back with the old bytes.
  const carriedOver = (event: Recorded<'decided'>) =>
    event.body.statement.decision === 'approve' && others!.some((other) => graph.precedes(event.id, other.id));
  const cast = [...digests].flatMap((one) => submitted.decisions.get(one) ?? []).filter((event) => !carriedOver(event));
  const verdict = verdictOf(graph, cast);
  const digest = short(submitted.matching.at(-1)!.body.digest);
  switch (verdict.is) {
    case 'undecided':
      return { reasons: [{ code: 'undecided', text: `waits for a person's decision on ${digest}` }], approvals: [] };
    case 'contested': {
      const text = `${digest} was approved and rejected independently: a decision that has seen both is needed`;
      return { reasons: [{ code: 'contested', text }], approvals: [] };
    }
    case 'rejected':
    case 'revoked':
      return { reasons: [{ code: verdict.is, text: because(verdict.is, digest, verdict.by) }], approvals: [] };
    case 'approved': {
      // Once a policy was bound, laxer words in the file do not count until a decision lowered it.
      const demand = submitted.all
        .filter((one) => !input.lowered.some((reset) => graph.precedes(one.id, reset.id)))
        .map((one) => one.body.subject.policy)
        .reduce(stricter, input.demand(gate));
      const votes = countVotes(demand, verdict.by, authorsOf(input.ledger, gate, same!), input.now);
      const approvals = votes.counted.map((event) => ({
        approver: event.body.statement.approver.name,
        level: event.body.level,
        at: event.body.statement.at,
        event: event.id,
      }));
      const reasons = votes.met ? [] : votes.lacking.map((text): Reason => ({ code: 'demand', text }));
      return { reasons, approvals };
    }
  }
}

/** Whose approval counts for nothing where separation is asked for: who submitted, and for Build who built. */
export function authorsOf(ledger: Ledger, gate: GateFacts, submissions: readonly Recorded<'submitted'>[]): Set<string> {
  const builders = gate.covers.includes('build')
    ? [...eventsOf(ledger, 'started'), ...eventsOf(ledger, 'checked')]
    : [];
  return new Set([...submissions, ...builders].map((event) => person(event.actor)));
}

function because(verdict: 'rejected' | 'revoked', digest: string, by: readonly Recorded<'decided'>[]): string {
  const { comment, approver } = by.at(-1)!.body.statement;
  const reason = comment === '' ? '' : `: "${comment}"`;
  return `${digest} was ${verdict} by ${approver.name}${reason}; change it or submit again`;
}

/** Which pieces moved between what was submitted and what is there now. */
function difference(submission: Recorded<'submitted'>, now: readonly Frozen[], approved: boolean): Reason[] {
  const was = approved ? 'approved' : 'submitted';
  const before = new Map(submission.body.subject.artifacts.map((one) => [one.path, one.sha256]));
  const after = new Map(now.map((one) => [one.path, one.sha256]));
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  if (moved.length > 0) return moved.map((path) => ({ code: 'changed', text: `${path} changed since it was ${was}` }));
  return [{ code: 'upstream-changed', text: `what it rests on changed since it was ${was}: submit it again` }];
}

/** The round that a new submission opens: one more than the highest that its author could have seen. */
export function nextRound(ledger: Ledger, about: string): number {
  const rounds = eventsOf(ledger, 'submitted')
    .filter((event) => event.body.subject.about === about)
    .map((event) => event.body.subject.round);
  return Math.max(0, ...rounds) + 1;
}

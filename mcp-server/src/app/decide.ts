import type { StoredLevel } from '../domain/decision/level.ts';
import type { Decision, Statement } from '../domain/decision/statement.ts';
import { short } from '../domain/decision/subject.ts';
import { verdictOf } from '../domain/decision/verdict.ts';
import { type DeliveryState, gatesBefore } from '../domain/delivery.ts';
import type { GateState } from '../domain/gate/gate.ts';
import type { Actor, Recorded } from '../domain/ledger/event.ts';
import { eventsOf, type Ledger } from '../domain/ledger/ledger.ts';
import { isStage } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { type Found, findSubmission } from './find-submission.ts';
import { load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Identity } from './ports/repository.ts';

import type { Ports } from './ports.ts';

export interface DecisionInput {
  decision: Decision;
  /** The digest, or a prefix of at least 12 hex digits. */
  digest: string;
  comment: string;
  approver: Identity;
  /** The door: typed-command, terminal, demo. */
  via: string;
  /** Heads of the ledger when the content was shown; what came since on this subject refuses the decision. */
  seen?: readonly string[];
  /** Given by the person as a check; both are optional. */
  delivery?: string | undefined;
  about?: string | undefined;
}

export interface Decided {
  delivery: string;
  about: string;
  digest: string;
  decision: Decision;
  level: StoredLevel;
}

/** A decision that is ready to be signed and recorded. */
export interface Prepared extends Found {
  input: DecisionInput;
  statement: Statement;
}

/**
 * Makes the statement of a decision; its bytes are what gets signed.
 *
 * @throws Fault `bad-digest`, `unknown-digest`, `ambiguous-digest`, `other-subject`
 */
export function prepareDecision(ports: Ports, input: DecisionInput): Prepared {
  const found = findSubmission(ports, input);
  const { name, email } = input.approver;
  const statement: Statement = {
    v: 1,
    subject: found.submission.body.digest,
    decision: input.decision,
    approver: email === undefined ? { name } : { name, email },
    seen: [...(input.seen ?? found.heads)],
    nonce: ports.nonce(),
    at: ports.now().toISOString(),
    comment: input.comment.slice(0, 4000),
  };
  return { ...found, input, statement };
}

/**
 * Records a prepared decision. Everything is checked again under the ledger's lock; a refusal records nothing and says
 * why.
 *
 * @param signature armoured, for level signed
 */
export function recordDecision(ports: Ports, prepared: Prepared, signature?: string): Answer<Decided> {
  const { delivery, submission, input, statement } = prepared;
  const { about } = submission.body.subject;
  const { digest } = submission.body;
  const level: StoredLevel = signature === undefined ? 'recorded' : 'signed';
  const data: Decided = { delivery, about, digest, decision: input.decision, level };
  let why: string | undefined;
  append(ports, delivery, (ledger) => {
    why = refusal(ports, ledger, prepared, level);
    if (why !== undefined) return undefined;
    const actor: Actor = { kind: 'human', ...statement.approver, via: input.via };
    const body = { level, statement, ...(signature === undefined ? {} : { signature }) };
    return { type: 'decided', actor, body };
  });
  if (why !== undefined) {
    const said = `Nothing was recorded for ${about} of ${delivery}.`;
    return { said, blocks: [why], next: nextStep(load(ports, delivery)), data };
  }
  const after = redraw(ports, delivery);
  const gate = after.state.gates.find((one) => one.about === about);
  const verb = { approve: 'Approved', reject: 'Rejected', revoke: 'Revoked' }[input.decision];
  const said = `${verb} ${about} of ${delivery} (${short(digest)}) as ${input.approver.name}, level ${level}.`;
  return { said: said + gateNote(gate, input.decision), blocks: [], next: nextStep(after), data };
}

/** A decision without a signature: level recorded. */
export function decide(ports: Ports, input: DecisionInput): Answer<Decided> {
  return recordDecision(ports, prepareDecision(ports, input));
}

function gateNote(gate: GateState | undefined, decision: Decision): string {
  if (gate === undefined || decision !== 'approve') return '';
  if (gate.state === 'open') return ' The gate is open.';
  return ` The gate is still ${gate.state}: ${gate.reasons.map((reason) => reason.text).join('; ')}.`;
}

/** Why this decision cannot be recorded on the ledger as it is now; undefined when it can. */
function refusal(ports: Ports, ledger: Ledger, prepared: Prepared, level: StoredLevel): string | undefined {
  const { delivery, submission, input } = prepared;
  const { about } = submission.body.subject;
  const { state } = load(ports, delivery);
  const decisions = eventsOf(ledger, 'decided').filter((one) => one.body.statement.subject === submission.body.digest);
  const verdict = verdictOf(ledger.graph, decisions).is;
  const news = input.seen === undefined ? undefined : since(ledger, relatedTo(state, about), input.seen);
  if (news !== undefined) return `${news} since this was shown: look at it again`;
  if (input.decision === 'revoke')
    return verdict === 'approved'
      ? undefined
      : `${short(submission.body.digest)} is not approved, there is nothing to revoke`;
  if (verdict === 'rejected' || verdict === 'revoked')
    return `${short(submission.body.digest)} was ${verdict}: that round is closed, submit again`;
  const sameRound = eventsOf(ledger, 'submitted').filter((one) => one.body.subject.about === about);
  if (!ledger.graph.latest(sameRound).some((one) => one.body.digest === submission.body.digest))
    return `a newer submission of ${about} has taken its place`;
  if (about.startsWith('change:')) return changeRefusal(state, submission.body.digest);
  if (!about.startsWith('stage:')) return undefined;
  const stage = about.slice('stage:'.length);
  if (!isStage(stage)) return undefined;
  const { gate } = gatesBefore(state, stage);
  const moved = gate.reasons.filter((one) => MOVED.has(one.code)).map((one) => one.text);
  if (gate.digest !== submission.body.digest || moved.length > 0)
    return `what was submitted is no longer what is there${moved.length > 0 ? `: ${moved.join('; ')}` : ''}`;
  // Saying it again settles what two branches decided differently, and renews what has expired.
  const again = verdict === 'contested' || gate.reasons.some((reason) => reason.text.endsWith('has expired'));
  if (!again && decisions.some((one) => sameVote(one, input, level))) return 'this person has already decided so';
  return undefined;
}

/** Why a plan can no longer be decided: its change is closed or was planned anew, or the texts moved. */
function changeRefusal({ change, cycles }: DeliveryState, digest: string): string | undefined {
  const cycle = cycles.find((one) => one.submission?.body.digest === digest);
  if (cycle === undefined || cycle.closed !== undefined) return 'this plan is no longer open: see countersign change';
  const moved =
    change?.cycle.id === cycle.id ? change.waitsFor.filter((text) => text.endsWith('what was planned')) : [];
  return moved.length === 0 ? undefined : moved.join('; ');
}

const MOVED = new Set(['changed', 'upstream-changed', 'upstream', 'missing-artifact', 'rewound', 'not-feasible']);

function sameVote(event: Recorded<'decided'>, input: DecisionInput, level: StoredLevel): boolean {
  const { approver, decision } = event.body.statement;
  return (
    decision === input.decision &&
    approver.name === input.approver.name &&
    approver.email === input.approver.email &&
    event.body.level === level
  );
}

/** What happened to this subject, its upstream or the rules it is judged by, after the heads that were shown. */
function since(ledger: Ledger, related: ReadonlySet<string>, seen: readonly string[]): string | undefined {
  const aboutByDigest = new Map(
    eventsOf(ledger, 'submitted').map((event) => [event.body.digest, event.body.subject.about]),
  );
  const known = (id: string) => seen.includes(id) || seen.some((head) => ledger.graph.precedes(id, head));
  for (const event of ledger.graph.order) {
    if (event.type !== 'submitted' && event.type !== 'decided') continue;
    const about =
      event.type === 'submitted' ? event.body.subject.about : aboutByDigest.get(event.body.statement.subject);
    if (about === undefined || !(related.has(about) || /^(?:track|risk|policy):/.test(about)) || known(event.id))
      continue;
    return event.type === 'submitted' ? `${about} was submitted` : `a decision on ${about} was recorded`;
  }
  return undefined;
}

/** This subject and the gates upstream of it. */
function relatedTo(state: DeliveryState, about: string): Set<string> {
  const stage = about.slice('stage:'.length);
  const before = isStage(stage) ? gatesBefore(state, stage).before.map((gate) => gate.about) : [];
  return new Set([about, ...before]);
}

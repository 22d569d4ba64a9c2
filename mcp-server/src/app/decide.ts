import type { StoredLevel } from '../domain/decision/level.ts';
import type { Decision, Statement } from '../domain/decision/statement.ts';
import { DIGEST_PREFIX, short } from '../domain/decision/subject.ts';
import { verdictOf } from '../domain/decision/verdict.ts';
import { type DeliveryState, gatesBefore } from '../domain/delivery.ts';
import { inputFault } from '../domain/fault.ts';
import type { GateState } from '../domain/gate/gate.ts';
import type { Actor, Recorded } from '../domain/ledger/event.ts';
import { eventsOf, type Ledger } from '../domain/ledger/ledger.ts';
import { isStage } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load, tryLoad } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Identity, Ports } from './ports.ts';

export interface DecisionInput {
  decision: Decision;
  /** The digest, or a prefix of at least 12 hex digits. */
  digest: string;
  comment: string;
  approver: Identity;
  /** The door: typed-command, terminal, demo. */
  via: string;
  level: StoredLevel;
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

interface Found {
  delivery: string;
  submission: Recorded<'submitted'>;
}

/**
 * Records a person's decision on exact content. Everything is checked again under the ledger's lock; a refusal records
 * nothing and says why.
 *
 * @throws Fault `bad-digest`, `unknown-digest`, `ambiguous-digest`, `other-subject`
 */
export function decide(ports: Ports, input: DecisionInput): Answer<Decided> {
  const { delivery, submission } = findSubmission(ports, input);
  const { about } = submission.body.subject;
  const { digest } = submission.body;
  const data: Decided = { delivery, about, digest, decision: input.decision, level: input.level };
  const refused = (why: string): Answer<Decided> => ({
    said: `Nothing was recorded for ${about} of ${delivery}.`,
    blocks: [why],
    next: nextStep(load(ports, delivery)),
    data,
  });
  let why: string | undefined;
  append(ports, delivery, (ledger) => {
    why = refusal(ports, ledger, delivery, submission, input);
    if (why !== undefined) return undefined;
    const statement: Statement = {
      v: 1,
      subject: digest,
      decision: input.decision,
      approver: {
        name: input.approver.name,
        ...(input.approver.email === undefined ? {} : { email: input.approver.email }),
      },
      seen: [...(input.seen ?? ledger.graph.heads)],
      nonce: ports.nonce(),
      at: ports.now().toISOString(),
      comment: input.comment.slice(0, 4000),
    };
    const actor: Actor = { kind: 'human', ...statement.approver, via: input.via };
    return { type: 'decided', actor, body: { level: input.level, statement } };
  });
  if (why !== undefined) return refused(why);
  const after = redraw(ports, delivery);
  const gate = after.state.gates.find((one) => one.about === about);
  const verb = { approve: 'Approved', reject: 'Rejected', revoke: 'Revoked' }[input.decision];
  return {
    said: `${verb} ${about} of ${delivery} (${short(digest)}) as ${input.approver.name}, level ${input.level}.${gateNote(gate, input.decision)}`,
    blocks: [],
    next: nextStep(after),
    data,
  };
}

function gateNote(gate: GateState | undefined, decision: Decision): string {
  if (gate === undefined || decision !== 'approve') return '';
  if (gate.state === 'open') return ' The gate is open.';
  return ` The gate is still ${gate.state}: ${gate.reasons.map((reason) => reason.text).join('; ')}.`;
}

/** The one submission a digest names, over all deliveries that can be read. */
function findSubmission(ports: Ports, input: DecisionInput): Found {
  if (!DIGEST_PREFIX.test(input.digest))
    throw inputFault({
      code: 'bad-digest',
      message: `${JSON.stringify(input.digest)} is not a digest`,
      expected: 'at least the first 12 of its hex digits, as submit and status print them',
      next: 'countersign status shows what waits for a decision',
    });
  const ids = input.delivery === undefined ? ports.deliveries.list() : [input.delivery];
  const found = new Map<string, Found>();
  for (const delivery of ids) {
    const loaded = tryLoad(ports, delivery);
    if ('problems' in loaded) continue;
    for (const submission of eventsOf(loaded.read.ledger, 'submitted'))
      if (submission.body.digest.startsWith(input.digest)) found.set(submission.body.digest, { delivery, submission });
  }
  if (found.size > 1)
    throw inputFault({
      code: 'ambiguous-digest',
      message: `${input.digest} names ${found.size} submissions`,
      expected: 'a longer prefix that names one',
      next: [...found.keys()].join(', '),
    });
  const [only] = found.values();
  if (only === undefined)
    throw inputFault({
      code: 'unknown-digest',
      message: `nothing with the digest ${input.digest} was submitted here`,
      expected: 'the digest that submit or status printed',
      next: 'countersign status shows what waits for a decision',
    });
  const { about } = only.submission.body.subject;
  if (input.about !== undefined && aboutOf(input.about) !== about)
    throw inputFault({
      code: 'other-subject',
      message: `${input.digest} is about ${about}, not ${aboutOf(input.about)}`,
      next: 'check what you are deciding about with countersign status',
    });
  return only;
}

/** `design` and `stage:design` alike. */
export const aboutOf = (subject: string) => (isStage(subject) ? `stage:${subject}` : subject);

/** Why this decision cannot be recorded on the ledger as it is now; undefined when it can. */
function refusal(
  ports: Ports,
  ledger: Ledger,
  delivery: string,
  submission: Recorded<'submitted'>,
  input: DecisionInput,
): string | undefined {
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
  if (!about.startsWith('stage:')) return undefined;
  const stage = about.slice('stage:'.length);
  if (!isStage(stage)) return undefined;
  const { gate } = gatesBefore(state, stage);
  const moved = gate.reasons.filter((one) => MOVED.has(one.code)).map((one) => one.text);
  if (gate.digest !== submission.body.digest || moved.length > 0)
    return `what was submitted is no longer what is there${moved.length > 0 ? `: ${moved.join('; ')}` : ''}`;
  if (decisions.some((one) => sameVote(one, input))) return 'this person has already decided so';
  return undefined;
}

const MOVED = new Set(['changed', 'upstream-changed', 'upstream', 'missing-artifact', 'rewound', 'not-feasible']);

function sameVote(event: Recorded<'decided'>, input: DecisionInput): boolean {
  const { approver, decision } = event.body.statement;
  return (
    decision === input.decision &&
    approver.name === input.approver.name &&
    approver.email === input.approver.email &&
    event.body.level === input.level
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

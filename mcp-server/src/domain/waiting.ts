import { aboutBreakGlass } from './break-glass.ts';
import { confirmDemand } from './build/confirm-blocks.ts';
import { standsAlone } from './decision/about.ts';
import { commentsOf, isOpen } from './decision/comments.ts';
import { short } from './decision/subject.ts';
import { verdictOf } from './decision/verdict.ts';
import { countVotes, person } from './decision/votes.ts';
import { changeDemand, type DeliveryRead, type DeliveryState, demandNow, subjectDemandNow } from './delivery.ts';
import { driftDemand, isDrift } from './drift/demand.ts';
import { authorsOf, type GateState } from './gate/gate.ts';
import { groupBy } from './group.ts';
import type { Recorded } from './ledger/event.ts';
import { eventsOf } from './ledger/ledger.ts';
import { type Demand, stricter } from './policy/demand.ts';
import { gateOf } from './stage.ts';

/** Who asks, as git knows them. */
export interface Asking {
  name: string;
  email?: string;
}

/** Something in a delivery that goes on only when one person acts. */
export interface Waiting {
  delivery: string;
  title: string;
  /** decide: on a submission; rework: what was refused; answer: a comment; follow-up: what was done with broken glass. */
  kind: 'decide' | 'rework' | 'answer' | 'follow-up';
  about: string;
  digest: string | null;
  /** Since when, RFC 3339. */
  since: string;
  text: string;
}

/** What waits for a person in one delivery: decisions that would count, and their own work that came back. */
export function waitingFor(read: DeliveryRead, state: DeliveryState, who: Asking): Waiting[] {
  const me = person(who);
  const common = { delivery: read.id, title: state.title };
  const submissions = groupBy(eventsOf(read.ledger, 'submitted'), (event) => event.body.subject.about);
  const byMe = (about: string) => (submissions.get(about) ?? []).some((event) => person(event.actor) === me);
  const decide = [...state.gates.flatMap(decidable), ...aloneOf(read, state, submissions)].flatMap((one): Waiting[] => {
    const submission = (submissions.get(one.about) ?? []).findLast((event) => event.body.digest === one.digest);
    if (submission === undefined || !counts(read, state, { submission, demand: one.demand(read, state), me }))
      return [];
    const text = `${one.about} waits for a decision on ${short(one.digest)}`;
    return [{ ...common, kind: 'decide', about: one.about, digest: one.digest, since: submission.at, text }];
  });
  const rework = state.gates.flatMap((gate): Waiting[] => {
    const reason = gate.reasons.find(({ code }) => code === 'rejected' || code === 'revoked');
    if (reason === undefined || !byMe(gate.about)) return [];
    const since = submissions.get(gate.about)!.at(-1)!.at;
    return [{ ...common, kind: 'rework', about: gate.about, digest: gate.digest, since, text: reason.text }];
  });
  const isOwner = state.requirements?.front?.owner === who.name;
  const answer = commentsOf(read.ledger)
    .filter((comment) => isOpen(comment) && (byMe(comment.about) || (isOwner && !submissions.has(comment.about))))
    .map((comment): Waiting => {
      const text = `comment ${short(comment.id)} by ${comment.by} on ${comment.anchors.join(', ')}: ${JSON.stringify(comment.text)}`;
      const since = read.ledger.graph.get(comment.id)!.at;
      return { ...common, kind: 'answer', about: comment.about, digest: null, since, text };
    });
  const followUp = state.glass
    .filter(
      (glass) =>
        !glass.closed && glass.counts && glass.by === who.name && !submissions.has(aboutBreakGlass(glass.number)),
    )
    .map((glass): Waiting => {
      const about = aboutBreakGlass(glass.number);
      const text = `what was done under ${about} has to be approved by ${new Date(glass.due).toISOString()}`;
      return { ...common, kind: 'follow-up', about, digest: null, since: new Date(glass.since).toISOString(), text };
    });
  return [...decide, ...rework, ...answer, ...followUp];
}

interface Decidable {
  about: string;
  digest: string;
  demand(read: DeliveryRead, state: DeliveryState): Demand;
}

const UNDECIDED: ReadonlySet<string> = new Set(['undecided', 'contested', 'demand']);

/** A gate that only decisions keep closed. */
function decidable(gate: GateState): Decidable[] {
  const waits = gate.reasons.length > 0 && gate.reasons.every((reason) => UNDECIDED.has(reason.code));
  if (!waits || gate.digest === null) return [];
  const demand = (read: DeliveryRead, state: DeliveryState) =>
    demandNow(read, state.settled)(gateOf(state.settled.track, gate.stage));
  return [{ about: gate.about, digest: gate.digest, demand }];
}

type Submissions = ReadonlyMap<string, readonly Recorded<'submitted'>[]>;

/** The latest submission of each setting, follow-up, deploy and drift, and of the change that is open. */
function aloneOf(read: DeliveryRead, state: DeliveryState, submissions: Submissions): Decidable[] {
  const alone = [...submissions.keys()].filter(standsAlone).map((about): Decidable => {
    const { digest } = submissions.get(about)!.at(-1)!.body;
    return { about, digest, demand: () => subjectDemandNow(read, about, state.settled) };
  });
  for (const about of submissions.keys()) {
    const { digest } = submissions.get(about)!.at(-1)!.body;
    if (about.startsWith('deploy:'))
      alone.push({ about, digest, demand: () => subjectDemandNow(read, about, state.settled) });
    if (about.startsWith('check:')) alone.push({ about, digest, demand: () => confirmDemand(read, state) });
    if (isDrift(about)) alone.push({ about, digest, demand: () => driftDemand(read, state, about) });
  }
  const { cycle } = state.change ?? {};
  if (cycle?.status !== 'PLANNED' || cycle.submission === undefined) return alone;
  const { digest, subject } = cycle.submission.body;
  return [...alone, { about: subject.about, digest, demand: () => changeDemand(read, state.settled) }];
}

/** Whether this person's decision is missing and would count. */
function counts(
  { ledger, now }: DeliveryRead,
  state: DeliveryState,
  { submission, demand, me }: { submission: Recorded<'submitted'>; demand: Demand; me: string },
): boolean {
  const { digest, subject } = submission.body;
  const decisions = eventsOf(ledger, 'decided').filter((event) => event.body.statement.subject === digest);
  const verdict = verdictOf(ledger.graph, decisions);
  if (verdict.is === 'rejected' || verdict.is === 'revoked') return false;
  const asked = stricter(subject.policy, demand);
  const gate = state.gates.find((one) => one.about === subject.about);
  const authors = gate === undefined ? new Set([person(submission.actor)]) : authorsOf(ledger, gate, [submission]);
  if (asked.separation && authors.has(me)) return false;
  if (verdict.is === 'contested') return true;
  const given = verdict.is === 'approved' ? countVotes(asked, verdict.by, authors, now) : undefined;
  if (given?.met === true) return false;
  const people = new Set(given?.counted.map((event) => person(event.body.statement.approver)) ?? []);
  if (people.has(me)) return false;
  const unfilled = Object.values(asked.roles ?? {}).filter((members) => !members.some((one) => people.has(one)));
  return unfilled.some((members) => members.includes(me)) || asked.approvers - people.size > unfilled.length;
}

import { verdictOf } from '../decision/verdict.ts';
import { countVotes, person } from '../decision/votes.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { TRACKS, type Track } from '../stage.ts';
import { type Demand, RISKS, type Risk, stricter, strictest, trackDemand } from './demand.ts';

/** The values that may only be lowered by a decision at the old level. */
export interface Settled {
  track: Track;
  risk: Risk;
}

/**
 * Track and risk as the ledger settles them: the strictest that any submission bound, unless an approved `track:` or
 * `risk:` subject lowered it; what was bound without knowledge of that decision still counts (docs/ledger.md).
 *
 * @param declared what the requirements say now; raises, never lowers
 */
export function settled(ledger: Ledger, declared: Partial<Settled>): Settled {
  const track = floor(ledger, declared.track, {
    field: 'track',
    order: TRACKS,
    start: ledger.first.body.track,
    toLeave: (old) => trackDemand({ track: old, risk: 'low' }),
  });
  const risk = floor(ledger, declared.risk, {
    field: 'risk',
    order: RISKS,
    start: 'low',
    toLeave: (old) => trackDemand({ track, risk: old }),
  });
  return { track, risk };
}

interface Scale<T extends string> {
  field: 'track' | 'risk';
  /** From lax to strict. */
  order: readonly T[];
  start: T;
  /** What a decision has to meet to lower the field from a value. */
  toLeave: (old: T) => Demand;
}

function floor<T extends string>(ledger: Ledger, declared: T | undefined, scale: Scale<T>): T {
  const { graph } = ledger;
  const { field, order, start } = scale;
  const stricterOf = (a: T, b: T) => strictest(order, a, b);
  const bound = eventsOf(ledger, 'submitted').filter((event) => !event.body.subject.about.startsWith(`${field}:`));
  const accepted: Change<T>[] = [];
  const valueSeenBy = (saw: (event: Recorded) => boolean): T => {
    const changes = accepted.filter((change) => saw(change.decision));
    const last = changes.filter((one) => !changes.some((next) => graph.precedes(one.decision.id, next.decision.id)));
    const [base = start, ...concurrent] = last.map((change) => change.value);
    return bound
      .filter((event) => saw(event) && !last.some((change) => graph.precedes(event.id, change.decision.id)))
      .map((event) => event.body.subject.policy[field] as T)
      .reduce(stricterOf, concurrent.reduce(stricterOf, base));
  };
  for (const change of changesOf(ledger, scale)) {
    const old = valueSeenBy((event) => graph.precedes(event.id, change.decision.id));
    const demand = stricter(change.bound, scale.toLeave(old));
    if (stricterOf(change.value, old) === change.value || countVotes(demand, change.approvals, change.authors).met)
      accepted.push(change);
  }
  const value = valueSeenBy(() => true);
  return declared === undefined ? value : stricterOf(value, declared);
}

/** An approved subject that sets the field. */
interface Change<T> {
  value: T;
  approvals: Recorded<'decided'>[];
  /** The last of the approvals. */
  decision: Recorded<'decided'>;
  bound: Demand;
  authors: ReadonlySet<string>;
}

/** What was approved to set the field, in the order of the decisions. */
function changesOf<T extends string>(ledger: Ledger, { field, order }: Scale<T>): Change<T>[] {
  const asked = eventsOf(ledger, 'submitted').filter((event) => event.body.subject.about.startsWith(`${field}:`));
  // Hardly any ledger has one, and the rest is work for each of its events.
  if (asked.length === 0) return [];
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const rank = new Map(ledger.graph.order.map((event, at) => [event.id, at]));
  const submissions = groupBy(asked, (event) => event.body.digest);
  return [...submissions.values()]
    .flatMap((same): Change<T>[] => {
      const { digest, subject } = same[0]!.body;
      const value = order.find((one) => subject.about === `${field}:${one}`);
      const verdict = verdictOf(ledger.graph, decisions.get(digest) ?? []);
      if (value === undefined || verdict.is !== 'approved') return [];
      const authors = new Set(same.map((event) => person(event.actor)));
      return [{ value, approvals: verdict.by, decision: verdict.by.at(-1)!, bound: subject.policy, authors }];
    })
    .sort((a, b) => rank.get(a.decision.id)! - rank.get(b.decision.id)!);
}

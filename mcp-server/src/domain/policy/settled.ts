import { verdictOf } from '../decision/verdict.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { TRACKS, type Track } from '../stage.ts';
import { RISKS, type Risk, strictest } from './demand.ts';

/** The values that may only be lowered by a decision at the old level. */
export interface Settled {
  track: Track;
  risk: Risk;
}

/**
 * Track and risk as the ledger settles them: the strictest that any submission bound, unless an approved `track:` or
 * `risk:` subject lowered it; what was bound without knowledge of that decision still counts (design.md 2.3).
 *
 * @param declared what the requirements say now; raises, never lowers
 */
export function settled(ledger: Ledger, declared: Partial<Settled>): Settled {
  return {
    track: floor(ledger, 'track', TRACKS, ledger.first.body.track, declared.track),
    risk: floor(ledger, 'risk', RISKS, 'low', declared.risk),
  };
}

function floor<T extends string>(
  ledger: Ledger,
  field: 'track' | 'risk',
  order: readonly T[],
  start: T,
  declared: T | undefined,
): T {
  const submissions = eventsOf(ledger, 'submitted');
  const lowered = lowering(ledger, field, submissions);
  let value = lowered?.value as T | undefined;
  if (value === undefined) value = start;
  for (const event of submissions) {
    if (event.body.subject.about.startsWith(`${field}:`)) continue;
    if (lowered !== undefined && ledger.graph.precedes(event.id, lowered.decision.id)) continue;
    value = strictest(order, value, event.body.subject.policy[field] as T);
  }
  return declared === undefined || order.indexOf(declared) < 0 ? value : strictest(order, value, declared);
}

/** The latest approved decision that set the field, if there is one. */
function lowering(
  ledger: Ledger,
  field: 'track' | 'risk',
  submissions: readonly Recorded<'submitted'>[],
): { value: string; decision: Recorded<'decided'> } | undefined {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  let found: { value: string; decision: Recorded<'decided'> } | undefined;
  for (const event of submissions) {
    const { about } = event.body.subject;
    if (!about.startsWith(`${field}:`)) continue;
    const verdict = verdictOf(ledger.graph, decisions.get(event.body.digest) ?? []);
    if (verdict.is === 'approved') found = { value: about.slice(field.length + 1), decision: verdict.by.at(-1)! };
  }
  return found;
}

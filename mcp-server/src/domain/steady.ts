import type { BrokenGlass } from './break-glass.ts';
import { AHEAD_MS } from './ledger/clock-findings.ts';
import { eventsOf, type Ledger } from './ledger/ledger.ts';
import { DAY_MS } from './time.ts';

/**
 * Until when a delivery stands where it stands if nothing but time moves: the first instant at which an approval expires,
 * an event's time no longer lies in the future, or broken glass closes or is overdue. An instant too many only costs
 * another look. Milliseconds since the epoch; null when time changes nothing.
 *
 * @param policy as it was read: every `expires` in it counts, whichever gate it is for
 */
export function steadyUntil(
  { ledger, glass, policy }: { ledger: Ledger; glass: readonly BrokenGlass[]; policy: unknown },
  now: number,
): number | null {
  const days = new Set([
    ...expiriesIn(policy),
    ...eventsOf(ledger, 'submitted').flatMap((event) => event.body.subject.policy.expires ?? []),
  ]);
  const instants = [
    ...ledger.graph.order.map((event) => Date.parse(event.at) - AHEAD_MS),
    ...glass.flatMap((one) => [one.until, one.due + 1]),
    ...eventsOf(ledger, 'decided').flatMap((event) =>
      [...days].map((count) => Date.parse(event.body.statement.at) + count * DAY_MS + 1),
    ),
  ];
  const next = instants.reduce((first, one) => (one > now && one < first ? one : first), Number.POSITIVE_INFINITY);
  return Number.isFinite(next) ? next : null;
}

function expiriesIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'expires' && typeof one === 'number' ? [one] : expiriesIn(one),
  );
}

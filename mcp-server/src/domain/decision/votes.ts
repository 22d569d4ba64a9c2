import type { Recorded } from '../ledger/event.ts';
import { type Demand, meets, strictest } from '../policy/demand.ts';
import { DAY_MS } from '../time.ts';
import { DEMANDED_LEVELS } from './level.ts';

/** How far the approvals of a subject meet what is demanded. */
export interface Votes {
  met: boolean;
  counted: Recorded<'decided'>[];
  /** Why it is not met, one sentence each. */
  lacking: string[];
}

/** One person, whatever key or account was used: the e-mail address where there is one, else the name. */
export function person(approver: { name: string; email?: string | undefined }): string {
  return (approver.email ?? approver.name).trim().toLowerCase();
}

/** The weakest level that counts: where people have to be counted or told apart, recorded names are not enough. */
export function levelAsked(demand: Demand): Demand['level'] {
  const tellsPeopleApart = demand.approvers > 1 || demand.separation || demand.roles !== undefined;
  return tellsPeopleApart ? strictest(DEMANDED_LEVELS, demand.level, 'hosted') : demand.level;
}

/**
 * Counts people, not approvals (docs/ledger.md: one vote per person, not per key). Recorded names are claims: where people
 * have to be counted or told apart, at least `hosted` is asked for.
 *
 * @param authors who submitted or built, as `person` names them; they count for nothing where separation is demanded
 * @param now milliseconds since the epoch; an approval older than the demand allows has expired
 */
export function countVotes(
  demand: Demand,
  approvals: readonly Recorded<'decided'>[],
  authors: ReadonlySet<string>,
  now = 0,
): Votes {
  const lacking: string[] = [];
  const level = levelAsked(demand);
  const strong = approvals.filter((event) => meets(event.body.level, level));
  const weak = approvals.length - strong.length;
  if (weak > 0)
    lacking.push(
      `${weak} approval${weak > 1 ? 's' : ''} below the level ${level} ${weak > 1 ? 'do' : 'does'} not count`,
    );
  const apart = strong.filter((event) => !demand.separation || !authors.has(person(event.body.statement.approver)));
  if (apart.length < strong.length) lacking.push("the author's own approval does not count");
  const inTime = apart.filter(
    (event) => demand.expires === undefined || now - Date.parse(event.body.statement.at) <= demand.expires * DAY_MS,
  );
  if (inTime.length < apart.length) lacking.push(`an approval older than ${demand.expires} days has expired`);
  const people = new Map(inTime.map((event) => [person(event.body.statement.approver), event]));
  const missing = demand.approvers - people.size;
  if (missing > 0) lacking.push(`needs ${missing} more approval${missing > 1 ? 's' : ''} at level ${level}`);
  const unfilled = Object.entries(demand.roles ?? {}).filter(([, members]) => !members.some((one) => people.has(one)));
  for (const [role] of unfilled) lacking.push(`needs an approval from role ${role}`);
  return { met: missing <= 0 && unfilled.length === 0, counted: [...people.values()], lacking };
}

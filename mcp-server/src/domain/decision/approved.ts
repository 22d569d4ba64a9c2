import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type Demand, stricter } from '../policy/demand.ts';
import { verdictOf } from './verdict.ts';
import { countVotes, person } from './votes.ts';

/**
 * The last submission of a subject that stands approved, as strictly as it was bound and as is asked now; undefined where
 * none does. A subject that belongs to a stage has a gate instead.
 *
 * @param holds which submissions are meant, where the subject alone does not say
 */
export function approvedSubmission(
  ledger: Ledger,
  about: string,
  demand: Demand,
  holds: (event: Recorded<'submitted'>) => boolean = () => true,
): Recorded<'submitted'> | undefined {
  const asked = eventsOf(ledger, 'submitted').filter((event) => event.body.subject.about === about && holds(event));
  if (asked.length === 0) return undefined;
  const decisions = eventsOf(ledger, 'decided');
  return asked.findLast((event) => {
    const { subject, digest } = event.body;
    const verdict = verdictOf(
      ledger.graph,
      decisions.filter((one) => one.body.statement.subject === digest),
    );
    const authors = new Set([person(event.actor)]);
    return verdict.is === 'approved' && countVotes(stricter(subject.policy, demand), verdict.by, authors).met;
  });
}

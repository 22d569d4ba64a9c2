import { verdictOf } from '../decision/verdict.ts';
import { countVotes, person } from '../decision/votes.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type Demand, stricter } from './demand.ts';

/** The subject that is about the repository's rules: policy, signers, revoked keys. */
export const RULES_SUBJECT = 'policy:current';

/**
 * Whether this delivery holds a decision that accepts a file of the repository's rules with exactly these bytes.
 *
 * @param file path and content hash as `policy:current` froze them
 * @param demand what the decision has to meet besides what it was bound to: that of the rules before the change
 */
export function rulesAccepted(ledger: Ledger, file: { path: string; sha256: string }, demand: Demand): boolean {
  const decisions = eventsOf(ledger, 'decided');
  return eventsOf(ledger, 'submitted').some((event) => {
    const { digest, subject } = event.body;
    if (subject.about !== RULES_SUBJECT) return false;
    if (!subject.artifacts.some((one) => one.path === file.path && one.sha256 === file.sha256)) return false;
    const own = decisions.filter((one) => one.body.statement.subject === digest);
    const verdict = verdictOf(ledger.graph, own);
    const authors = new Set([person(event.actor)]);
    return verdict.is === 'approved' && countVotes(stricter(subject.policy, demand), verdict.by, authors).met;
  });
}

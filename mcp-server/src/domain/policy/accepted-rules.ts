import { approvedSubmission } from '../decision/approved.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Demand } from './demand.ts';

/** The subject that is about the repository's rules: policy, signers, revoked keys. */
export const RULES_SUBJECT = 'policy:current';

/**
 * Whether this delivery holds a decision that accepts a file of the repository's rules with exactly these bytes.
 *
 * @param file path and content hash as `policy:current` froze them
 * @param demand what the decision has to meet besides what it was bound to: that of the rules before the change
 */
export function rulesAccepted(ledger: Ledger, file: { path: string; sha256: string }, demand: Demand): boolean {
  const accepted = approvedSubmission(ledger, RULES_SUBJECT, demand, (event) =>
    event.body.subject.artifacts.some((one) => one.path === file.path && one.sha256 === file.sha256),
  );
  return accepted !== undefined;
}

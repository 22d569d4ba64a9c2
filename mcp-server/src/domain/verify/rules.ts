import type { Finding, FindingSeverity } from '../finding.ts';

/** What `verify` can find besides integrity faults of a ledger: stable ids, the usual severity, one line for reports. */
export const VERIFY_RULES = [
  { id: 'missing-evidence', severity: 'error', summary: 'Evidence that an event cites is there' },
  { id: 'changed-evidence', severity: 'error', summary: 'Evidence has the bytes of its name' },
  { id: 'dropped-event', severity: 'error', summary: 'No event that the trusted ref holds is gone' },
  { id: 'deleted-delivery', severity: 'error', summary: 'No delivery that the trusted ref holds is gone' },
  { id: 'signature', severity: 'error', summary: 'Signatures hold and are by trusted signers' },
  { id: 'signers-changed', severity: 'error', summary: 'Who may sign is what was accepted' },
  { id: 'signers-unreadable', severity: 'warning', summary: 'Every line of the signers and revoked keys can be read' },
  { id: 'policy-changed', severity: 'error', summary: 'The policy is that of the trusted ref, or was decided on' },
  { id: 'track-lowered', severity: 'error', summary: 'A new delivery starts on the track of the trusted policy' },
  { id: 'level-too-low', severity: 'error', summary: 'Open gates have approvals of the required level' },
  { id: 'stale-gate', severity: 'error', summary: 'What was approved is what is there' },
  { id: 'drift', severity: 'error', summary: 'Files of a finished delivery are as recorded' },
  { id: 'ungated', severity: 'error', summary: 'Owned files are covered by an approved Build' },
  { id: 'unapproved-build', severity: 'warning', summary: 'What is being built is approved before it counts' },
  { id: 'ungated-deploy', severity: 'error', summary: 'Every apply had an approval that suffices' },
  { id: 'deploy-record', severity: 'error', summary: 'What is recorded of deploys is what their evidence says' },
  { id: 'deploy-outcome', severity: 'warning', summary: 'Of every deploy that began it is known what came of it' },
  { id: 'break-glass', severity: 'warning', summary: 'What was done with broken glass is approved in time' },
  { id: 'withheld', severity: 'info', summary: 'Evidence was withheld by a signed decision' },
  { id: 'hosted-review', severity: 'warning', summary: 'Approvals on the git host can be counted' },
  {
    id: 'unknown-dependency',
    severity: 'error',
    summary: 'Deliveries under depends-on are there',
  },
  { id: 'dependency-cycle', severity: 'error', summary: 'Deliveries do not depend on each other in a circle' },
  { id: 'path-conflict', severity: 'warning', summary: 'A path belongs to one delivery' },
  { id: 'clock', severity: 'warning', summary: 'Times of events can be right' },
] as const satisfies readonly { id: string; severity: FindingSeverity; summary: string }[];

export type VerifyRule = (typeof VERIFY_RULES)[number]['id'];

/** A finding of one of these rules, at its usual severity. */
export function found(
  rule: VerifyRule,
  path: string,
  message: string,
  fix: string,
  severity: FindingSeverity = VERIFY_RULES.find((one) => one.id === rule)!.severity,
): Finding {
  return { rule, severity, path, line: 1, message, fix };
}

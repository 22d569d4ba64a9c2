import type { Level } from '../decision/level.ts';
import { coverOf } from '../deploy/deploys.ts';
import { frozenHash } from '../deploy/entitled.ts';
import type { EvidenceOf } from '../deploy/findings.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import type { Demand } from '../policy/demand.ts';
import { DRIFT_FILE, type DriftRecord, readDrift } from './record.ts';

/** Drift that a person accepted, with who and why. */
export interface Accepted {
  record: DriftRecord;
  digest: string;
  by: string;
  level: Level;
  at: string;
}

/**
 * What people accepted about a subject and did not take back, as strictly as is asked. The record has to be there: what
 * cannot be read accepts nothing.
 *
 * @param about `drift:files` or `drift:live/ENVIRONMENT`
 * @param now milliseconds since the epoch
 */
export function acceptedDrift(
  ledger: Ledger,
  about: string,
  evidence: EvidenceOf,
  { demand, now }: { demand: Demand; now: number },
): Accepted[] {
  return submissionsOf(ledger, about).flatMap((submission): Accepted[] => {
    const { digest, subject } = submission.body;
    const { lacking, approvals } = coverOf(ledger, submission, { demand, now });
    const [approval] = approvals;
    if (lacking.length > 0 || approval === undefined) return [];
    const text = evidence(frozenHash(subject.artifacts, DRIFT_FILE) ?? '');
    const record = text === undefined ? undefined : readDrift(text);
    if (record === undefined || record.about !== about) return [];
    const { statement, level } = approval.body;
    return [{ record, digest, by: statement.approver.name, level, at: statement.at }];
  });
}

export const submissionsOf = (ledger: Ledger, about: string): readonly Recorded<'submitted'>[] =>
  eventsOf(ledger, 'submitted').filter((event) => event.body.subject.about === about);

/** `accepted by Ada (level signed): "reason"`. */
export const acceptedBy = ({ by, level, record }: Accepted) =>
  `accepted by ${by} (level ${level}): ${JSON.stringify(record.reason)}`;

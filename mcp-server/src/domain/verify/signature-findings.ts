import type { SignatureProblem } from '../decision/assurance.ts';
import { short } from '../decision/subject.ts';
import type { Finding } from '../finding.ts';
import { found } from './rules.ts';

/** Void signatures, each where it stands; that signatures cannot be judged here is said once. */
export function signatureFindings(delivery: string, problems: readonly SignatureProblem[]): Finding[] {
  const place = (event: string) => `deliveries/${delivery}/ledger/${event}.json`;
  const findings = problems
    .filter((one) => one.level === 'void')
    .map((one) => {
      const message = `event ${short(one.event)} counts for nothing: ${one.message}`;
      return found('signature', place(one.event), message, 'have it signed again by somebody who may');
    });
  const unjudged = problems.filter((one) => one.level !== 'void');
  if (unjudged[0] === undefined) return findings;
  const message = `${unjudged.length} signature${unjudged.length === 1 ? '' : 's'} cannot be judged here and count as recorded: ${unjudged[0].message}`;
  const fix = 'verify --trust-from REF, or accept the signers on this machine: countersign trust';
  return [...findings, found('signature', place(unjudged[0].event), message, fix, 'warning')];
}

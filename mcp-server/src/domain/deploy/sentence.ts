import { short } from '../decision/subject.ts';
import type { Recorded } from '../ledger/event.ts';
import { oneLine } from '../one-line.ts';

const BY = {
  approval: (digest: string | null) => `as approved in ${short(digest ?? '')}`,
  standing: (digest: string | null) => `under the standing approval ${short(digest ?? '')}`,
  rollback: (digest: string | null) => `as ${short(digest ?? '')} covers`,
  external: (digest: string | null) =>
    `elsewhere, ${digest === null ? 'approved by nobody' : `as approved in ${short(digest)}`}`,
} as const;

/** A deploy's event as people read it. */
export function deploySentence(event: Recorded<'deploy-started' | 'deploy-finished'>): string {
  if (event.type === 'deploy-started') {
    const { environment, basis, digest, plan, sets, to, build } = event.body;
    const values = Object.entries(sets).map(([name, value]) => ` ${name}=${oneLine(value)}`);
    const what = to === undefined ? `deploying build ${short(build)}` : `rolling back to ${short(to)}`;
    const how = plan === null ? '' : `, plan ${short(plan)}`;
    return `began ${what} to ${environment}${values.join('')} ${BY[basis](digest)}${how}`;
  }
  const { environment, outcome, reason, start, checks, evidence } = event.body;
  const passed = checks.filter((one) => one.result === 'passed').length;
  const verified = checks.length === 0 ? '' : `, ${passed} of ${checks.length} checks passed`;
  const why = reason === '' ? '' : `: "${oneLine(reason)}"`;
  return `deploy ${short(start)} to ${environment} ${outcome}${verified} (evidence ${short(evidence)})${why}`;
}

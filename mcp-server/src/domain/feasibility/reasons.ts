import { decide, type NeedOutcome } from './decision.ts';

/** Why the computed decision is not better than it is: one phrase a need, only for the needs that settle it. */
export function reasonsFor(outcome: readonly NeedOutcome[], constrained: ReadonlySet<string>): string[] {
  const computed = decide(outcome, constrained);
  const required = outcome.filter(({ need }) => need.required !== false);
  const lost = required.filter(({ status }) => status === 'blocked' || status === 'skipped');
  if (lost.length > 0) return lost.map(({ need, status }) => `${need.id} is required and ${status}`);
  if (computed === 'undetermined')
    return required
      .filter(({ status }) => status === 'unknown')
      .map(({ need }) => `${need.id} is required and unknown`);
  return required
    .filter(({ status, stated }) => status === 'degraded' || status === 'stub' || stated)
    .filter(({ need }) => computed !== 'not-feasible' || !constrained.has(need.id))
    .map(({ need, status, stated }) => {
      const what = status === 'resolved' && stated ? 'only stated' : status;
      return `${need.id} is ${what}${constrained.has(need.id) ? '' : ' and no constraint answers it'}`;
    });
}

import type { DeploySettings } from './environment.ts';
import { beyondLimits, type DeployPlan } from './plan.ts';
import { outOfBounds } from './value-pattern.ts';

/**
 * Why a run needs a decision of its own; empty when an approved plan and its standing words cover it. Everything but the
 * inputs that the standing approval names has to be as it was approved.
 *
 * @param approved the plan that people approved, with these very settings
 * @param now milliseconds since the epoch
 */
export function beyondStanding(
  plan: DeployPlan,
  approved: DeployPlan,
  { standing }: DeploySettings,
  now: number,
): string[] {
  if (standing === undefined) return ['the environment has no standing approval'];
  const same = (['environment', 'action', 'tool', 'definition', 'build'] as const).every(
    (key) => plan[key] === approved[key],
  );
  const files = JSON.stringify([plan.inputs, plan.overlay]) === JSON.stringify([approved.inputs, approved.overlay]);
  if (!same || !files) return ['something else than its inputs is not as it was approved'];
  if (now >= Date.parse(standing.until)) return [`the standing approval ended at ${standing.until}`];
  const names = [...new Set([...Object.keys(plan.sets), ...Object.keys(approved.sets)])];
  const values = names.flatMap((name) => {
    const [value, before] = [plan.sets[name], approved.sets[name]];
    if (value === before) return [];
    const bounds = Object.hasOwn(standing.sets, name) ? standing.sets[name] : undefined;
    if (bounds === undefined || value === undefined) return [`${name} may not differ under the standing approval`];
    const wrong = outOfBounds(value, bounds);
    return wrong === undefined ? [] : [`${name} ${wrong} in the standing approval`];
  });
  return [...values, ...beyondLimits(plan.summary, standing.limits, 'the standing approval')];
}

import type { Requirements } from '../artifact/requirements.ts';
import { matchesPattern } from '../build/paths.ts';
import type { DeploySettings } from '../deploy/environment.ts';
import type { PlanItem, Projection } from '../deploy/plan.ts';
import type { FindingSeverity } from '../finding.ts';
import { weighDrift } from './severity.ts';

/** One thing in the running system that the next apply would change, with how bad that is. */
export interface LiveItem extends PlanItem {
  severity: FindingSeverity;
  requirements: string[];
}

/** Whether a rehearsal found nothing to do; null where the tool printed something and nobody can count what. */
export function foundNothing({ summary, items, detail }: Projection): boolean | null {
  const { creates, changes, destroys, hosts } = summary;
  const counts = [creates, changes, destroys];
  if (items.length > 0 || counts.some((count) => count !== null && count > 0) || (hosts?.changed ?? 0) > 0)
    return false;
  if (counts.every((count) => count === 0)) return true;
  return detail === null || detail === '' ? true : null;
}

/** The items of a rehearsal, each as bad as the requirements say that the environment's `items` give it. */
export function weighItems(
  items: readonly PlanItem[],
  { items: declared = [] }: Pick<DeploySettings, 'items'>,
  requirements: Requirements | undefined,
): LiveItem[] {
  return items.map(({ address, action }) => {
    const ids = declared.filter(({ match }) => matchesPattern(match, address)).flatMap((one) => one.requirements);
    return { address, action, ...weighDrift(requirements, [...new Set(ids)]) };
  });
}

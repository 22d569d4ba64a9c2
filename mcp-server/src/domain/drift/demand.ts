import { type DeliveryRead, type DeliveryState, demandNow, subjectDemandNow } from '../delivery.ts';
import { deployDemand } from '../deploy/deploys.ts';
import { aboutDeploy } from '../deploy/plan.ts';
import type { Demand } from '../policy/demand.ts';
import { gateOf } from '../stage.ts';
import { ABOUT_FILES, aboutLive } from './record.ts';

const LIVE = aboutLive('');

/**
 * What accepting drift asks for: files as much as Build, a running system as much as a deploy to it, for the acceptance
 * stands in for one.
 *
 * @param about `drift:files` or `drift:live/ENVIRONMENT`
 */
export function driftDemand(
  read: Pick<DeliveryRead, 'ledger' | 'policy' | 'floor'>,
  { settled }: Pick<DeliveryState, 'settled'>,
  about: string,
): Demand {
  if (about === ABOUT_FILES) return demandNow(read, settled)(gateOf(settled.track, 'build'));
  const environment = about.slice(LIVE.length);
  return deployDemand(read.ledger, environment, subjectDemandNow(read, aboutDeploy(environment), settled));
}

export const isDrift = (about: string) => about === ABOUT_FILES || about.startsWith(LIVE);

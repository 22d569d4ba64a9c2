import { type DeliveryRead, type DeliveryState, demandNow } from '../delivery.ts';
import { coverOf } from '../deploy/deploys.ts';
import type { Demand } from '../policy/demand.ts';
import { gateOf } from '../stage.ts';
import { askedAbout, type Confirmable } from './confirmed.ts';
import { checkStatuses } from './manifest.ts';

/** What confirming a check asks for: as much as Build. */
export const confirmDemand = (
  read: Pick<DeliveryRead, 'policy' | 'floor'>,
  { settled }: Pick<DeliveryState, 'settled'>,
): Demand => demandNow(read, settled)(gateOf(settled.track, 'build'));

/** Why a confirmation does not count, one sentence each; empty when it does. */
export function confirmLacking(read: DeliveryRead, state: DeliveryState, one: Confirmable): string[] {
  const asked = askedAbout(read.ledger, one);
  if (asked === undefined) return ['nobody was asked'];
  return coverOf(read.ledger, asked, { demand: confirmDemand(read, state), now: read.now }).lacking;
}

/** Why the Build cannot be submitted, where policy has each check of a person confirmed by itself. */
export function confirmBlocks(read: DeliveryRead, state: DeliveryState): string[] {
  if (read.policy.checks.confirm !== 'each' || state.design === undefined) return [];
  return checkStatuses(state.design, read.workspace, read.ledger)
    .filter((one) => one.state === 'to-confirm')
    .flatMap((one) => {
      const lacking = confirmLacking(read, state, one);
      return lacking.length === 0 ? [] : [`${one.check.id} is to be confirmed by a person: ${lacking.join('; ')}`];
    });
}

import { type DeliveryRead, type DeliveryState, demandNow } from '../delivery.ts';
import type { Approval, GateState } from '../gate/gate.ts';
import { eventsOf } from '../ledger/ledger.ts';
import type { Demand } from '../policy/demand.ts';
import { gateOf, STAGE } from '../stage.ts';

/** One gate as it stands: what it decides about, who asked, who agreed, what is missing. */
export interface StageCard {
  about: string;
  title: string;
  state: GateState['state'];
  /** Why it is not open, one sentence each. */
  reasons: string[];
  /** Whether a decision of a person is all that is missing. */
  waitsForPerson: boolean;
  digest: string | null;
  round: number;
  submitted: { by: string; at: string } | null;
  approvals: Approval[];
  demand: Demand;
}

/** A card for each gate of the delivery's track, in their order. */
export function stageCards(read: DeliveryRead, state: DeliveryState): StageCard[] {
  const demand = demandNow(read, state.settled);
  const submissions = new Map(eventsOf(read.ledger, 'submitted').map((event) => [event.body.digest, event]));
  return state.gates.map((gate) => {
    const submission = submissions.get(gate.digest ?? '');
    return {
      about: gate.about,
      title: gate.covers.map((stage) => STAGE[stage].title).join(' + '),
      state: gate.state,
      reasons: gate.reasons.map((reason) => reason.text),
      waitsForPerson: gate.state === 'blocked' && gate.reasons.every((reason) => WAITING.has(reason.code)),
      digest: gate.digest,
      round: gate.round,
      submitted: submission === undefined ? null : { by: submission.actor.name, at: submission.at },
      approvals: gate.approvals,
      demand: demand(gateOf(state.settled.track, gate.stage)),
    };
  });
}

const WAITING = new Set(['undecided', 'contested', 'demand']);

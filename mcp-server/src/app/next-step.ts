import { short } from '../domain/decision/subject.ts';
import { gatesBefore, type OpenChange, retiredReason } from '../domain/delivery.ts';
import { deployLines } from '../domain/deploy/lines.ts';
import { STAGE } from '../domain/stage.ts';
import type { Loaded } from './load.ts';

/** What to do next in a delivery, as something to type. */
export function nextStep({ state, read }: Loaded): string {
  if (state.retired) return retiredReason(state);
  if (state.change !== null) return changeStep(state.id, state.change);
  const deploy = deployStep(read, state);
  if (deploy !== undefined) return deploy;
  const gate = state.next;
  if (gate === null) return 'the delivery is finished; /spec-change starts a change';
  const has = (code: string) => gate.reasons.some((reason) => reason.code === code);
  if (has('rewound'))
    return 'bring the missing events back (git reflog, git fetch), or countersign verify --forget-seen';
  if (has('undecided') || has('contested') || has('demand'))
    return `a person decides: /approve ${short(gate.digest ?? '')} (or /approve reject ${short(gate.digest ?? '')} REASON)`;
  const { command } = STAGE[gate.stage];
  const open = gate.covers.find((stage) =>
    gate.reasons.some((reason) => reason.text.startsWith(STAGE[stage].artifact ?? ' ')),
  );
  return `${open === undefined ? command : STAGE[open].command} ${state.id}, then submit ${gate.stage}`;
}

/** What an environment waits for, once there is something to deploy. */
function deployStep(read: Loaded['read'], state: Loaded['state']): string | undefined {
  if (gatesBefore(state, 'build').gate.state !== 'open') return undefined;
  return deployLines(read, state).find((one) => one.next !== '')?.next;
}

function changeStep(id: string, { cycle, ready }: OpenChange): string {
  const change = `countersign change ${id}`;
  if (ready) return `write what change ${cycle.n} names, then ${change} verify`;
  const digest = cycle.status === 'PLANNED' ? cycle.submission?.body.digest : undefined;
  if (digest === undefined) return `edit the specification, then ${change} plan`;
  return `a person decides: /approve ${short(digest)} (or /approve reject ${short(digest)} REASON)`;
}

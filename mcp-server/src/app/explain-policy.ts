import type { Demand } from '../domain/policy/demand.ts';
import { demandOf, type Policy } from '../domain/policy/policy.ts';
import { GATES } from '../domain/stage.ts';
import type { Answer } from './answer.ts';
import { load, loadPolicy } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';

export interface PolicyView {
  policy: Policy;
  gates: { about: string; demand: Demand; state: string; why: string[] }[];
}

/** The policy as it holds: for a delivery with what each gate demands and why it is blocked, else for a new delivery. */
export function explainPolicy(ports: Ports, id: string | undefined): Answer<PolicyView> {
  const policy = loadPolicy(ports);
  if (id === undefined) {
    const settled = { track: policy.track, risk: 'standard' } as const;
    const gates = GATES[policy.track].map((gate) => ({
      about: `stage:${gate.stage}`,
      demand: demandOf(policy, gate, settled),
      state: '',
      why: [],
    }));
    return {
      said: `Policy for a new delivery on track ${policy.track}.`,
      blocks: [],
      next: '',
      data: { policy, gates },
    };
  }
  const loaded = load(ports, id);
  const { settled, gates: states } = loaded.state;
  const gates = GATES[settled.track].map((gate, at) => ({
    about: `stage:${gate.stage}`,
    demand: demandOf(policy, gate, settled),
    state: states[at]!.state,
    why: states[at]!.reasons.map((reason) => reason.text),
  }));
  return {
    said: `Policy of ${id}: track ${settled.track}, risk ${settled.risk}.`,
    blocks: [],
    next: nextStep(loaded),
    data: { policy, gates },
  };
}

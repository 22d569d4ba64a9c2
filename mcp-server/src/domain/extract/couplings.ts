import type { Coupling } from './contract.ts';
import { byCodeUnits, mergeEvidence } from './order.ts';

const effort = { rename: 0, 're-parameterise': 1, rewrite: 2 } as const;

/** One coupling for each system and class: all evidence, all consumers, and the heaviest swap that anyone saw. */
export function mergeCouplings(couplings: readonly Coupling[]): Coupling[] {
  const groups = new Map<string, Coupling[]>();
  for (const tie of couplings) {
    const key = `${tie.system}\n${tie.class}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [tie]);
    else group.push(tie);
  }
  return [...groups.values()]
    .map(merge)
    .sort((a, b) => byCodeUnits(a.system, b.system) || byCodeUnits(a.class, b.class));
}

function merge(group: readonly Coupling[]): Coupling {
  const heaviest = group.reduce((most, tie) => (effort[tie.swap] > effort[most.swap] ? tie : most));
  return {
    system: heaviest.system,
    class: heaviest.class,
    swap: heaviest.swap,
    evidence: mergeEvidence(group.flatMap((tie) => tie.evidence)),
    consumers: [...new Set(group.flatMap((tie) => tie.consumers))].sort(byCodeUnits),
  };
}

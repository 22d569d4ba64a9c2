import type { Fact } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import { placeOf } from './fact-graph.ts';

/** One name said in several places counts once, at the first of the best described. */
export function oneEach(facts: readonly Fact[]): Fact[] {
  const best = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.scope}\n${fact.name}`;
    const known = best.get(key);
    if (known === undefined || rank(fact) > rank(known)) best.set(key, fact);
  }
  return [...best.values()].sort(byEvidence);
}

const rank = ({ status, attributes }: Fact) =>
  Number(status === 'observed') * 2 +
  Number(attributes['description'] !== undefined) +
  Number(attributes['default'] !== undefined);

/** By file and line, as a reader goes through them. */
export function byEvidence(a: Fact, b: Fact): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  return byCodeUnits(first.path, second.path) || first.line - second.line || byCodeUnits(a.id, b.id);
}

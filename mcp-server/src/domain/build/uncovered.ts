import type { Comparison } from '../extract/compare.ts';
import type { Fact } from '../extract/contract.ts';
import { mentions } from '../mentions.ts';

/** Something the old component does and the one that was built anew from the design does not, or does otherwise. */
export interface Behaviour {
  kind: string;
  name: string;
  place: string;
  /** gone, or which attributes are others now. */
  what: string;
  /** Whether requirements or the component's design name it. */
  covered: boolean;
}

/**
 * What a component did that did not come back when it was built anew: by fact, sorted by place.
 *
 * @param specified text of the requirements and of the component in the design
 */
export function lostBehaviour(
  { facts, gaps }: Comparison,
  specified: string,
): { lost: Behaviour[]; newGaps: string[] } {
  const behaviour = (fact: Fact, what: string): Behaviour => {
    const [at] = fact.evidence;
    return {
      kind: fact.kind,
      name: fact.name,
      place: at === undefined ? '' : `${at.path}:${at.line}`,
      what,
      covered: mentions(specified, fact.name),
    };
  };
  const lost = [
    ...facts.removed.map((fact) => behaviour(fact, 'gone')),
    ...facts.changed.map(({ before, keys }) => behaviour(before, `other ${keys.join(', ')}`)),
  ];
  return {
    lost: lost.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)),
    // A gap whose words name other tasks than before is the same gap.
    newGaps: gaps.added.map((gap) => gap.message),
  };
}

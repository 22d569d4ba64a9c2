import { describe, expect, it } from 'vitest';
import type { Node } from './align.ts';
import type { Item } from './items.ts';
import { majorityOrder } from './order.ts';

/** Steps of runs that are written a letter a step, in the order in which they first come. */
function ordered(...runs: string[]): [string, [number, number][]] {
  const nodes = new Map<string, Node>();
  for (const [run, letters] of runs.entries())
    for (const [at, signature] of [...letters].entries()) {
      const node = nodes.get(signature) ?? { signature, items: new Map<number, Item>() };
      node.items.set(run, { at } as Item);
      nodes.set(signature, node);
    }
  const { nodes: found, anyOrder } = majorityOrder([...nodes.values()]);
  return [found.map((node) => node.signature).join(''), anyOrder];
}

describe('steps in the order of most runs', () => {
  it.each<[string[], string, [number, number][]]>([
    [['abc', 'abc'], 'abc', []],
    [['cab'], 'cab', []],
    [['acb', 'abc', 'abc'], 'abc', [[1, 2]]],
    [['ab', 'ba'], 'ab', [[0, 1]]],
    [['ba', 'ab'], 'ba', [[0, 1]]],
    [
      ['cab', 'abc', 'abc'],
      'abc',
      [
        [0, 2],
        [1, 2],
      ],
    ],
    // Each goes before the next in two runs of three: nobody is first but by the mean of the places.
    [
      ['bca', 'cab', 'abc'],
      'bca',
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
    ],
    [
      ['xbca', 'xcab', 'xabc'],
      'xbca',
      [
        [1, 2],
        [1, 3],
        [2, 3],
      ],
    ],
    // By its mean place b comes first; two of three runs say otherwise.
    [['abxyzw', 'abxyzw', 'bxyzwa'], 'abxyzw', [1, 2, 3, 4, 5].map((other): [number, number] => [0, other])],
    [['ab', 'cd'], 'acbd', []],
    [['abz', 'azb', 'az', 'bz'], 'abz', [[1, 2]]],
    [[], '', []],
  ])('%j: %s, %j', (runs, order, anyOrder) => expect(ordered(...runs)).toEqual([order, anyOrder]));
});

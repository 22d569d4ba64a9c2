import { describe, expect, it } from 'vitest';
import { script } from '../../../../../test/helpers/agent-runs.ts';
import { coarse, sequenceOf } from './items.ts';
import { foldLoops } from './loops.ts';

/** Runs with the turns of each step; every use of a tool has a value of its own, but of those in capitals. */
function folded(...runs: string[]): string[] {
  const sequences = runs.map((letters, run) =>
    sequenceOf(
      script(
        run,
        [...letters].map((letter, at) => `${letter} n=${/[A-Z]/.test(letter) ? 1 : `${run}${at}`}`),
      ),
      coarse,
    ),
  );
  return foldLoops(sequences).map(({ items }) => {
    expect(items.map((item) => item.at)).toEqual(items.map((_, at) => at));
    return items
      .map(({ signature, calls }) => {
        expect(new Set(calls.map(coarse))).toEqual(new Set([signature]));
        return `${signature}${calls.length > 1 ? calls.length : ''}`;
      })
      .join(' ');
  });
}

describe('what is repeated', () => {
  it.each<[string[], string[]]>([
    [['abc'], ['a b c']],
    [['baaac'], ['b a3 c']],
    [
      ['baac', 'baac'],
      ['b a a c', 'b a a c'],
    ],
    [
      ['baac', 'bac'],
      ['b a2 c', 'b a c'],
    ],
    [
      ['baac', 'baaac'],
      ['b a2 c', 'b a3 c'],
    ],
    [
      ['bAAc', 'bAAc'],
      ['b A2 c', 'b A2 c'],
    ],
    [
      ['xyxyz', 'xyz'],
      ['x2 y2 z', 'x y z'],
    ],
    [['XYXYz'], ['X Y X Y z']],
    [['aaabaaab', 'c'].slice(0, 1), ['a a a b a a a b']],
    [
      ['aaabaaab', 'c'],
      ['a2 a2 a2 b2', 'c'],
    ],
    [
      ['abcdabcd', 'e'],
      ['a2 b2 c2 d2', 'e'],
    ],
    [
      ['abcdeabcde', 'f'],
      ['a b c d e a b c d e', 'f'],
    ],
    [
      ['aabb', 'c'],
      ['a2 b2', 'c'],
    ],
    [
      ['xaax', 'aaa'],
      ['x a2 x', 'a3'],
    ],
    [
      ['ababa', 'c'],
      ['a2 b2 a', 'c'],
    ],
    [[''], ['']],
  ])('in %j is one step with its turns: %j', (runs, expected) => expect(folded(...runs)).toEqual(expected));

  it('has the attempts of all its turns, and mends only where each turn does', () => {
    const fold = (calls: string) =>
      foldLoops([
        sequenceOf(script(0, calls.split(' ')), coarse),
        sequenceOf(script(1, ['end']), coarse),
      ])[0]!.items.map(({ signature, calls: own, failures, recovery }) => [
        signature,
        own.length,
        failures.length,
        recovery,
      ]);
    expect(fold('a! a a! a b')).toEqual([
      ['a', 2, 2, false],
      ['b', 1, 0, false],
    ]);
    expect(fold('x! b b x b')).toEqual([
      ['b', 2, 0, true],
      ['x', 1, 1, false],
      ['b', 1, 0, false],
    ]);
    expect(fold('b x! b x')).toEqual([
      ['b', 2, 0, false],
      ['x', 1, 1, false],
    ]);
  });
});

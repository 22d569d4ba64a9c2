import { describe, expect, it } from 'vitest';
import { align } from './align.ts';
import type { Sequence } from './items.ts';

/** One letter a step. */
const sequence = (letters: string) =>
  ({ items: [...letters].map((signature, at) => ({ signature, at })) }) as unknown as Sequence;

/** Steps in order, each with the runs that have it: `a012 b02`. */
const aligned = (...runs: string[]) =>
  align(runs.map(sequence))
    .map((node) => `${node.signature}${[...node.items.keys()].sort((a, b) => a - b).join('')}`)
    .join(' ');

describe('runs side by side', () => {
  it.each([
    [['abc', 'abc', 'abc'], 'a012 b012 c012'],
    [['abc', 'ac', 'abc'], 'a012 b02 c012'],
    [['ac', 'abc', 'ac'], 'a012 b1 c012'],
    [['abc', 'xabc', 'abcy'], 'x1 a012 b012 c012 y2'],
    [['abcd', 'acbd', 'abcd'], 'a012 b012 c012 d012'],
    [['aab', 'ab', 'aab'], 'a012 a02 b012'],
    [['', 'ab', ''], 'a1 b1'],
    [['ab', 'xy', 'ab'], 'x1 y1 a02 b02'],
    [['a', 'axy', 'azy'], 'a012 z2 x1 y12'],
    [[], ''],
    [['', '', ''], ''],
    [['ab', 'cd', 'ef', 'cd'], 'e2 f2 a0 b0 c13 d13'],
    [['xay', 'xby', 'xaby'], 'x012 a02 b12 y012'],
  ])('%j share %s', (runs, expected) => expect(aligned(...runs)).toBe(expected));

  it('of two begin with the longer one', () => {
    expect(aligned('ab', 'xaby')).toBe('x1 a01 b01 y1');
    expect(aligned('xaby', 'ab')).toBe('x0 a01 b01 y0');
    expect(aligned('ab', 'ba')).toBe('a01 b01');
  });

  it('begin with the one that shares most with the others', () => {
    expect(aligned('zzz', 'abcd', 'abce', 'abcd')).toMatch(/a123 b123 c123 /);
    expect(aligned('abcd', 'dcba', 'abdc', 'abcd')).toBe('a0123 b0123 c0123 d0123');
  });

  it('have the places of each run in its own steps', () => {
    const [first, second] = align(['xab', 'ab', 'ab'].map(sequence)).slice(1);
    expect([...first!.items].map(([run, { at }]) => [run, at]).sort()).toEqual([
      [0, 1],
      [1, 0],
      [2, 0],
    ]);
    expect(second!.items.get(0)!.at).toBe(2);
  });

  it('that are too long for a table share their uses by number, as far as both rise', () => {
    const long = (inner: string) => `${'pq'.repeat(1100)}${inner}${'rs'.repeat(1100)}`;
    // Neither begins or ends as the other, so that nothing is common before the table.
    const runs = [`1${long('a')}2`, `3${long('b')}4`];
    const nodes = align(runs.map(sequence));
    const both = nodes.filter((node) => node.items.size === 2);
    expect(both).toHaveLength(4400);
    for (const node of both) expect(Math.abs(node.items.get(0)!.at - node.items.get(1)!.at)).toBeLessThanOrEqual(1);
    expect(
      nodes
        .filter((node) => node.items.size === 1)
        .map((node) => node.signature)
        .sort(),
    ).toEqual(['1', '2', '3', '4', 'a', 'b']);
  });
});

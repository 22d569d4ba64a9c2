import { describe, expect, it } from 'vitest';
import { script } from '../../../../../test/helpers/agent-runs.ts';
import { coarse, sequenceOf } from './items.ts';

/** Steps as `tool`, with `+n` for attempts that failed before it stood and `~` for what mends a failure. */
function steps(calls: string, signatureOf = coarse): string {
  const { items, abandoned } = sequenceOf(script(0, calls.split(' ')), signatureOf);
  expect(items.map((item) => item.at)).toEqual(items.map((_, at) => at));
  const told = items.map(({ signature, failures, recovery, calls: own }) => {
    expect(own).toHaveLength(1);
    return `${signature}${failures.length > 0 ? `+${failures.length}` : ''}${recovery ? '~' : ''}`;
  });
  return [...told, ...abandoned.map(({ tool }) => `(${tool})`)].join(' ');
}

describe('the calls of a run as steps', () => {
  it.each([
    ['a b c', 'a b c'],
    ['a! a', 'a+1'],
    ['a! a! a a', 'a+2 a'],
    ['a! b a c', 'b~ a+1 c'],
    ['a! b! b a', 'b+1~ a+1'],
    ['a! b', 'b (a)'],
    ['a a!', 'a (a)'],
    ['a! b c! a', 'b~ a+1 (c)'],
    [`a!${' b'.repeat(11)} a`, `${'b~ '.repeat(11)}a+1`],
    [`a!${' b'.repeat(12)} a`, `${'b '.repeat(12)}a (a)`],
  ])('%s: %s', (calls, expected) => expect(steps(calls)).toBe(expected));

  it('take an attempt with other values for one of the same step', () => {
    let count = 0;
    expect(steps('a! a b', ({ tool }) => `${tool}${count++}`)).toBe('a1+1 b2');
  });
});

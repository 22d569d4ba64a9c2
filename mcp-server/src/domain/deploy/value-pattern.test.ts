import { describe, expect, it } from 'vitest';
import { MAX_VALUE, outOfBounds, readPattern } from './value-pattern.ts';

describe('the pattern of an input', () => {
  it.each([
    ['[a-z]{3}', 'abc', 'ab'],
    ['[a-z]{2,3}', 'abc', 'abcd'],
    ['a{2,}', 'aaa', 'a'],
    ['a?b', 'b', 'aab'],
    ['a+', 'aa', ''],
    ['a*', '', 'b'],
    ['\\d\\.\\d', '1.2', '1x2'],
    ['[\\]x]', ']', 'a'],
    ['v\\d+-\\w*', 'v12-x', 'xv12-x'],
    ['a{0,128}', 'a'.repeat(128), 'a'.repeat(129)],
    ['a{128}', 'a'.repeat(128), 'a'.repeat(127)],
    ['a*b*', 'ab', 'ba'],
    ['a.c', 'abc', 'ac'],
  ])('%s allows %j, and not %j', (pattern, value, other) => {
    const read = readPattern(pattern);
    expect([read?.test(value), read?.test(other)]).toEqual([true, false]);
  });

  it.each([
    '',
    '(a)',
    'a|b',
    '^a',
    'a$',
    '\\b',
    '\\1',
    '[]',
    '[a',
    '*a',
    'a{3,2}',
    'a{0,129}',
    'a{1000}',
    'a{129,}',
    'a**',
    'a*b*c*',
    '[z-a]',
  ])('%j is none', (pattern) => {
    expect(readPattern(pattern)).toBeUndefined();
  });

  it('may cost a million ways at most, however it is made up', () => {
    const twenty = 'a?'.repeat(19);
    expect(readPattern(twenty)?.source).toBe(`^(?:${twenty})$`);
    expect(readPattern(`${twenty}a?`)).toBeUndefined();
    expect(readPattern('a{0,99}b{0,99}c{0,99}')).toBeInstanceOf(RegExp);
    expect(readPattern('a{0,99}b{0,99}c{0,100}')).toBeUndefined();
    expect(readPattern('a{5}'.repeat(1_000))).toBeInstanceOf(RegExp);
  });
});

describe('a value', () => {
  const number = { pattern: '[-.\\d]+', min: -1.5, max: 20 };

  it.each([
    ['a'.repeat(MAX_VALUE), { pattern: 'a*' }, undefined],
    ['a'.repeat(MAX_VALUE + 1), { pattern: 'a*' }, 'is longer than 128 characters'],
    ['b', { pattern: 'a*' }, 'does not match a*'],
    ['b', { pattern: '(b)' }, 'does not match (b)'],
    ['20', number, undefined],
    ['20.25', number, 'is more than 20'],
    ['-1.5', number, undefined],
    ['-1.51', number, 'is less than -1.5'],
    ['1.123456789', number, undefined],
    ['1.1234567891', number, 'is not a number'],
    ['1234567890123456', number, 'is not a number'],
    ['1.', number, 'is not a number'],
    ['--1', number, 'is not a number'],
    ['1e', { pattern: '\\w*', min: 0 }, 'is not a number'],
    ['99', { pattern: '\\d*', min: 0 }, undefined],
    ['99', { pattern: '\\d*', max: 98 }, 'is more than 98'],
  ])('%j %j', (value, bounds, why) => {
    expect(outOfBounds(value, bounds)).toBe(why);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSets } from './sets.ts';
import { outOfBounds, readPattern } from './value-pattern.ts';

describe('the pattern of an input', () => {
  it.each(['[0-9]{1,4}', '[a-z][a-z0-9-]*', '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}', 'v[0-9]+', 'a?b'])(
    'may be %s',
    (text) => expect(readPattern(text)).toBeInstanceOf(RegExp),
  );

  it.each(['', '(a+)+', 'a|b', '.*.*.*.*', '[a-z]{0,999}', 'a**', '\\1', '[z-a]', 'a{3,1}', '^a', '(?=a)'])(
    'may not be %j',
    (text) => expect(readPattern(text)).toBeUndefined(),
  );

  it('is tried in bounded time on any value', () => {
    const patterns = fc.stringMatching(/^(?:[ab]|\[ab\]|\.|[*+?]|\{1,9\}){1,8}$/);
    fc.assert(
      fc.property(patterns, (pattern) => {
        const started = performance.now();
        outOfBounds(`${'a'.repeat(127)}!`, { pattern });
        expect(performance.now() - started).toBeLessThan(2000);
      }),
    );
  });
});

describe('inputs as typed', () => {
  const declared = { vlan: { pattern: '[0-9]{1,4}', min: 1, max: 4094 }, name: { pattern: '[^x]*' } };

  it('are values by name, which may hold "="', () => {
    expect(readSets(['vlan=210', 'name=a=b'], declared)).toEqual({ sets: { vlan: '210', name: 'a=b' } });
  });

  it.each([
    ['vlan=0', 'vlan is less than 1'],
    ['vlan=9999', 'vlan is more than 4094'],
    ['vlan=12a', 'vlan does not match [0-9]{1,4}'],
    ['vlan', '"vlan" is no input of this environment (vlan, name)'],
    ['toString=1', '"toString" is no input of this environment (vlan, name)'],
    ['name={{ lookup("pipe", "id") }}', 'name holds what a tool would not take for a plain value'],
    ['name=--destroy', 'name holds what a tool would not take for a plain value'],
    [`name=${'a'.repeat(200)}`, 'name is longer than 128 characters'],
  ])('%s: %s', (text, problem) => expect(readSets([text], declared)).toEqual({ problems: [problem] }));

  it('are set once', () => {
    expect(readSets(['vlan=1', 'vlan=2'], declared)).toEqual({ problems: ['vlan is set twice'] });
  });
});

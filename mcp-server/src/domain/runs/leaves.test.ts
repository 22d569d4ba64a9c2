import { describe, expect, it } from 'vitest';
import { inputLimits, leavesOf, oneLine, outputOf } from './leaves.ts';

const same = (text: string) => text;
const leaves = (value: unknown, limits = inputLimits) =>
  leavesOf(value, limits, same).map(({ path, value: text, secret }) => [path, secret === true ? 'SECRET' : text]);

describe('the leaves of what a tool was given', () => {
  it('have their paths, in order', () => {
    expect(leaves({ a: 1, b: { c: 'x', d: [true, { e: null }] }, f: undefined })).toEqual([
      ['a', '1'],
      ['b.c', 'x'],
      ['b.d[0]', 'true'],
      ['b.d[1].e', 'null'],
    ]);
    expect(leaves('text')).toEqual([['', 'text']]);
    expect(leaves(['a', 'b'])).toEqual([
      ['[0]', 'a'],
      ['[1]', 'b'],
    ]);
    expect(leaves(undefined)).toEqual([]);
  });

  it('of a command line are its words, without what was written for the reader', () => {
    const given = {
      command: 'play --limit web',
      description: 'runs it',
      timeout: 5,
      run_in_background: true,
      cwd: '/x',
    };
    expect(leaves(given)).toEqual([
      ['command [0]', 'play'],
      ['command [1]', '--limit'],
      ['command --limit', 'web'],
      ['cwd', '/x'],
    ]);
    expect(leaves({ a: { script: 'x', cmd: 'y' } })).toEqual([
      ['a.script [0]', 'x'],
      ['a.cmd [0]', 'y'],
    ]);
    expect(leaves({ command: ['a'], description: 'kept' })).toEqual([
      ['command[0]', 'a'],
      ['description', 'kept'],
    ]);
  });

  it('are bounded in number and depth', () => {
    expect(leaves({ a: 1, b: 2, c: 3 }, { leaves: 2, text: 10 })).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(leaves({ command: 'a b c' }, { leaves: 2, text: 10 })).toEqual([
      ['command [0]', 'a'],
      ['command [1]', 'b'],
    ]);
    const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) });
    expect(leaves(nested(12))).toHaveLength(1);
    expect(leaves(nested(13))).toEqual([]);
  });

  it('keep no secret and no binary data', () => {
    expect(leaves({ password: 'x1', api_key: ['k1'], note: 'hvs.abcdefghijklmnopqrstuvwx', size: 3 })).toEqual([
      ['password', 'SECRET'],
      ['api_key[0]', 'SECRET'],
      ['note', expect.stringMatching(/SECRET|redacted/)],
      ['size', '3'],
    ]);
    expect(leaves({ command: 'login --password x1' })).toContainEqual(['command --password', 'SECRET']);
    expect(leaves({ image: 'A'.repeat(200), url: 'data:image/png;base64,xyz', short: 'A'.repeat(199) })).toEqual([
      ['image', '(200 characters of binary data)'],
      ['url', '(25 characters of binary data)'],
      ['short', 'A'.repeat(199)],
    ]);
  });
});

describe('a text as one line', () => {
  it('has blanks for line ends and what steers a terminal, and is cut', () => {
    expect(oneLine(' a\n\tb\u001b\u202ec ', 20, same)).toBe('a b c');
    expect(oneLine('abcdef', 6, same)).toBe('abcdef');
    expect(oneLine('abcdefg', 6, same)).toBe('abcde…');
    expect(oneLine('password: hunter22 x', 40, (text) => text.replace('x', 'y'))).toBe('password: [redacted] y');
    expect(oneLine(`${'a'.repeat(4000)}b`, 9999, same)).toBe('a'.repeat(4000));
  });
});

describe('what a tool gave back', () => {
  const output = (value: unknown) => {
    const { output: found, cut } = outputOf(value, same);
    return [cut, ...found.map(({ path, value: text }) => [path, text])];
  };

  it('is JSON where it is some, also as a text', () => {
    expect(output({ a: 1 })).toEqual([false, ['a', '1']]);
    expect(output(' {"a": [1]}')).toEqual([false, ['a[0]', '1']]);
    expect(output('[{"a": 1}]')).toEqual([false, ['[0].a', '1']]);
  });

  it('is else a text with its lines `key: value`', () => {
    expect(output('Name: web\n  "vlan id" = "12",\nnothing here\nurl:\n9x: no\nok : yes')).toEqual([
      false,
      ['', 'Name: web "vlan id" = "12", nothing here url: 9x: no ok : yes'],
      ['Name', 'web'],
      ['vlan id', '12'],
      ['ok', 'yes'],
    ]);
    expect(output('{"a":')).toEqual([false, ['', '{"a":']]);
  });

  it.each([
    '[output truncated]',
    'Output too large',
    '12 more lines omitted',
    '3 characters truncated',
    'characters omitted',
  ])('was cut where it says %j at one of its ends', (mark) => {
    expect(output(`text ${mark}`)[0]).toBe(true);
    expect(output(`${mark}${' x'.repeat(500)}`)[0]).toBe(true);
    expect(output(`${'x '.repeat(300)}${mark}${' x'.repeat(300)}`)[0]).toBe(false);
    expect(output({ a: mark })[0]).toBe(false);
  });

  it('is bounded', () => {
    const lines = Array.from({ length: 300 }, (_, at) => `k${at}: v`).join('\n');
    expect(outputOf(lines, same).output).toHaveLength(60);
    expect(outputOf({ text: 'x '.repeat(200) }, same).output[0]!.value).toHaveLength(160);
  });
});

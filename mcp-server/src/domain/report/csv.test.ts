import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

/** Reads one record back as RFC 4180 says. */
function fields(record: string): string[] {
  return [...record.slice(0, -2).matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((match) => match[1]!.replaceAll('""', '"'));
}

describe('csv', () => {
  it('keeps quotes, commas and line ends in their field', () => {
    expect(csv(['a', 'b'], [['x "y", z', 'one\ntwo']])).toBe('"a","b"\r\n"x ""y"", z","one\ntwo"\r\n');
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    '＠x',
    ' =1',
    "'=1",
    '"=1',
    '|cmd',
    '%x',
    '=cmd|"/c calc"!A0',
  ])('takes from %j the meaning of a formula', (text) => {
    expect(fields(csv([text], []))[0]).toMatch(/^'/);
  });

  it('leaves alone what is none', () => {
    for (const text of ['', '2026-01-05T09:00:00.000Z', 'ada@example.org', 'a=b', '0f3a', "it's"])
      expect(fields(csv([text], []))).toEqual([text]);
  });

  it('never starts a field with what starts a formula, and keeps the number of fields', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '"', ',', '\n', '\r', '\t', ' ', "'", 'a', '\0', '\u202e'),
    });
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        const read = fields(csv(texts, []));
        expect(read).toHaveLength(texts.length);
        for (const one of read) expect(one).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, fitted, padded, wrapped } from './columns.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '網', 'é', 'e\u0301', '🚀', '\n', '\u001b[31m') });

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['網路', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['', 0],
  ])('%j takes %d', (word, width) => {
    expect(columns(word)).toBe(width);
  });
});

describe('fitted', () => {
  it('is one line, never wider than it may be, and whole where it fits', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 12 }), (given, most) => {
        const line = fitted(given, most);
        expect(columns(line)).toBeLessThanOrEqual(most);
        for (const steering of ['\n', '\r', '\u001b']) expect(line).not.toContain(steering);
        expect(columns(padded(given, most))).toBe(most);
      }),
    );
    expect(fitted('Zone file from a host list', 12)).toBe('Zone file f…');
    expect(fitted('short', 12)).toBe('short');
  });
});

describe('wrapped', () => {
  it('breaks between words and loses none of them', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 20 }), (given, most) => {
        const lines = wrapped(given, most);
        for (const line of lines) if (line.includes(' ')) expect(columns(line)).toBeLessThanOrEqual(most);
        expect(lines.join(' ')).toBe(wrapped(given, Number.POSITIVE_INFINITY)[0]);
      }),
    );
  });

  it('takes a word that only steers the terminal for none', () => {
    expect(wrapped('網aa \u001b[31m a', 4)).toEqual(['網aa', 'a']);
  });

  it('leaves a long word whole', () => {
    expect(wrapped('see deliveries/zone-file/ledger now', 10)).toEqual(['see', 'deliveries/zone-file/ledger', 'now']);
  });
});

import { describe, expect, it } from 'vitest';
import { closedBecause, readSpan, within } from './window.ts';

const at = (text: string) => Date.parse(text);
const inside = (span: string, time: string) => within(readSpan(span)!, at(time));

describe('a change window', () => {
  // 2026-11-20 is a Friday.
  it.each([
    ['mon-fri 08:00-16:00', '2026-11-20T08:00:00Z', true],
    ['mon-fri 08:00-16:00', '2026-11-20T16:00:00Z', false],
    ['mon-fri 08:00-16:00', '2026-11-21T10:00:00Z', false],
    ['fri-mon 00:00-24:00', '2026-11-22T23:59:00Z', true],
    ['fri-mon 00:00-24:00', '2026-11-24T00:00:00Z', false],
    ['fri 22:00-04:00', '2026-11-21T03:59:00Z', true],
    ['fri 22:00-04:00', '2026-11-20T03:59:00Z', false],
    ['sat 22:00-04:00', '2026-11-22T03:00:00Z', true],
    ['fri 22:00-04:00', '2026-11-20T22:00:00Z', true],
    ['fri 22:00-04:00', '2026-11-20T21:59:00Z', false],
    ['fri 22:00-04:00', '2026-11-21T04:00:00Z', false],
    ['mon-fri 08:30-16:30', '2026-11-20T16:29:00Z', true],
    ['mon-fri 08:30-16:30', '2026-11-20T08:29:00Z', false],
    ['2026-11-20T10:00:00Z/2026-11-20T12:00:00.500Z', '2026-11-20T10:00:00Z', true],
    ['2026-11-20T10:00:00Z/2026-11-20T12:00:00.500Z', '2026-11-20T09:59:59Z', false],
    ['2026-11-20T10:00:00+02:00/2026-11-20T12:00:00+02:00', '2026-11-20T08:30:00Z', true],
    ['2026-11-20T10:00:00+02:00/2026-11-20T12:00:00+02:00', '2026-11-20T10:00:00Z', false],
  ])('%s at %s: %s', (span, time, expected) => {
    expect(inside(span, time)).toBe(expected);
  });

  it.each([
    '',
    'monday 08:00-16:00',
    'mon 8:00-16:00',
    'mon 24:30-10:00',
    'mon 08:00-08:00',
    'mon 10:00-24:30',
    '2026-11-20/2026-11-21',
    'x2026-11-20T00:00:00Z/2026-11-21T00:00:00Z',
    '2026-11-20T00:00:00Z/2026-11-21T00:00:00Zx',
    '2026-11-21T00:00:00Z/2026-11-20T00:00:00Z',
  ])('is not %j', (text) => expect(readSpan(text)).toBeUndefined());

  it('yields to a freeze, and is not asked for where none is declared', () => {
    const freezes = ['2026-12-20T00:00:00Z/2027-01-04T00:00:00Z'];
    const now = at('2026-12-21T10:00:00Z');
    expect(closedBecause({ windows: ['mon 08:00-16:00'], freezes }, now)).toEqual([expect.stringContaining('frozen')]);
    expect(closedBecause({ windows: [], freezes: [] }, now)).toEqual([]);
    expect(closedBecause({ windows: ['tue 08:00-16:00'], freezes: [] }, now)).toEqual([
      expect.stringContaining('outside'),
    ]);
  });
});

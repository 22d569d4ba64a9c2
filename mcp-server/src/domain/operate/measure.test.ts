import { describe, expect, it } from 'vitest';
import { keepsLimit, readMeasure } from './measure.ts';

const kept = (printed: string, value: string, name = 'latency', bound?: 'most' | 'least') => {
  const judged = keepsLimit(readMeasure(printed)!, { name, value }, bound);
  return 'kept' in judged ? judged.kept : judged.incomparable;
};

describe('a measure beside a limit', () => {
  it.each([
    ['249.9 ms', '250 ms', true],
    ['0.3 s\nmore', '250 ms', false],
    ['250', '250 ms', true],
    ['3 GiB', 'at most 3 GB', false],
    ['199.5 EUR/month', '200 EUR/month', true],
    ['81%', '80%', false],
    ['14 days', 'at least 14 days', true],
    ['13', 'at least 14 days', false],
    ['PT31M', 'PT30M', false],
    ['29 min', 'PT30M', true],
    ['2 weeks', '>= 14 days', true],
    ['-1', '0', true],
    ['200 USD/month', '200 EUR/month', 'USD/month cannot be compared with EUR/month'],
    ['3 apples', '3', 'apples cannot be compared with a bare number'],
    ['3', 'small', 'the limit latency: small is no number'],
  ])('%j is held against %j', (printed, value, expected) => {
    expect(kept(printed, value)).toBe(expected);
  });

  it('takes the side from the name, and from whoever says it', () => {
    expect(kept('1', '2', 'min-replicas')).toBe(false);
    expect(kept('1', '2', 'free-floor')).toBe(false);
    expect(kept('1', '2', 'replicas', 'least')).toBe(false);
    expect(kept('1', '2', 'replicas')).toBe(true);
  });

  it.each([
    ['  P1W2DT3H4M5.5S  \n', 788_645.5, 's'],
    ['P2D', 172_800, 's'],
    ['PT0S', 0, 's'],
    ['-1.5   GiB/s x \nmore', -1.5, 'GiB/s x'],
    ['+3', 3, ''],
    ['7%', 7, '%'],
  ])('reads %j', (text, value, unit) => {
    expect(readMeasure(text)).toEqual({ value, unit });
  });

  it.each([
    ['3', '< 4', 'most'],
    ['3', '≤4', 'most'],
    ['3', 'No more than 4', 'most'],
    ['5', '> 4', 'least'],
    ['5', '≥ 4', 'least'],
    ['5', 'No less than 4', 'least'],
  ])('%s keeps the limit %s', (printed, value, bound) => {
    for (const name of ['min-x', 'x-floor', 'x'])
      expect(keepsLimit(readMeasure(printed)!, { name, value })).toEqual({ kept: true, bound });
  });

  it('takes no side from a name that only holds the word', () => {
    for (const name of ['x-min-y', 'admin-x', 'x-floors', 'floor']) expect(kept('1', '2', name)).toBe(true);
  });

  it('compares units of one kind in either number, and white space within them as one', () => {
    expect(kept('2 hour', '120 minutes')).toBe(true);
    expect(kept('2 hours', '119 minute')).toBe(false);
    expect(kept('5 EUR  per month', '5 eur per month')).toBe(true);
    expect(kept('5 ms', '5 days')).toBe(true);
  });

  it('is nothing where no number stands first', () => {
    for (const text of ['', 'P', 'about 3', 'error: 3', '1e400']) expect(readMeasure(text)?.value ?? null).not.toBe(3);
    expect(readMeasure('')).toBeUndefined();
    expect(readMeasure('P')).toBeUndefined();
  });
});

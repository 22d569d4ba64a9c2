import { expect, it } from 'vitest';
import { duration } from './duration.ts';

it.each([
  [0, '0 s'],
  [999, '0 s'],
  [61_000, '1 min 1 s'],
  [3_600_000, '1 h'],
  [93_600_000, '1 d 2 h'],
  [86_400_000 * 400, '400 d'],
])('%d milliseconds are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

import { describe, expect, it } from 'vitest';
import { atMost } from './ceiling.ts';

describe('the lower of two limits', () => {
  it.each([
    ['5', '10', '5'],
    ['2.5 %', '10 %', '2.5 %'],
    ['10', '10', '10'],
    ['200 EUR/month', '99.5 EUR/month', '99.5 EUR/month'],
    ['PT1H', 'PT59M', 'PT59M'],
    ['PT60M', 'PT1H', 'PT60M'],
    ['P1W', 'P6DT23H59M59.5S', 'P6DT23H59M59.5S'],
    ['P1W', 'P7DT1S', 'P1W'],
    ['P1D', 'PT25H', 'P1D'],
    ['PT1M', 'PT59S', 'PT59S'],
  ])('of %s and %s is %s', (a, b, lower) => {
    expect(atMost(a, b)).toBe(lower);
  });

  it.each([
    ['5', '5 %'],
    ['200 EUR/month', '200 USD/month'],
    ['PT1H', '5'],
    ['P1M', 'P1D'],
    ['P1Y', 'P1D'],
    ['many', '5'],
    ['5', ''],
  ])('of %s and %s is none', (a, b) => {
    expect([atMost(a, b), atMost(b, a)]).toEqual([undefined, undefined]);
  });
});

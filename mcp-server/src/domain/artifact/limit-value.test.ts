import { describe, expect, it } from 'vitest';
import { LIMIT_EXAMPLE, LIMIT_KINDS, limitKind } from './limit-value.ts';

describe('the value of a limit', () => {
  it.each([
    ['0', 'count'],
    ['10', 'count'],
    ['20%', 'percentage'],
    ['0.5 %', 'percentage'],
    ['100%', 'percentage'],
    ['PT30M', 'duration'],
    ['PT1H30M', 'duration'],
    ['P1DT12H', 'duration'],
    ['P2W', 'duration'],
    ['P1Y2M3D', 'duration'],
    ['PT1.5S', 'duration'],
    ['200 EUR/month', 'money'],
    ['19.90 USD', 'money'],
    ['1 CHF/quarter', 'money'],
    ['5 GB', 'quantity'],
    ['<= 5', 'quantity'],
    ['at most 3 hosts', 'quantity'],
    ['No less than 2', 'quantity'],
    ['\u2264 4', 'quantity'],
    ['200 EURO', 'quantity'],
    ['10.5', 'quantity'],
  ] as const)('%s is a %s', (value, kind) => {
    expect(limitKind(value)).toBe(kind);
  });

  it.each([
    '',
    '101%',
    'few',
    'P',
    'PT',
    'P1DT',
    'P1H',
    'xPT30M',
    'PT30Mx',
    'about 5',
    '-3',
    'EUR 200',
    'at least some',
  ])('%j measures nothing', (value) => {
    expect(limitKind(value)).toBeUndefined();
  });

  it('of each kind has an example that is of this kind', () => {
    for (const [kind, example] of Object.entries(LIMIT_EXAMPLE)) expect(limitKind(example)).toBe(kind);
    expect([...LIMIT_KINDS]).toEqual([
      ['max-hosts', ['count', 'percentage']],
      ['max-destroys', ['count', 'percentage']],
      ['batch', ['count', 'percentage']],
      ['stop-after-failures', ['count', 'percentage']],
      ['rto', ['duration']],
      ['rpo', ['duration']],
      ['cost-ceiling', ['money']],
    ]);
  });
});

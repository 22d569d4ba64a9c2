import { describe, expect, it } from 'vitest';
import { readRequirements } from '../artifact/requirements.ts';
import { atMost } from './ceiling.ts';
import { startSchema } from './layer.ts';
import { withConventions } from './start.ts';

const DRAFT = `---
countersign: requirements/1
title: x
owner: y
---

## Limits

| Limit | Value | Meaning |
|---|---|---|
| max-hosts | 4 | Devices |
| batch | 50% | In a step |
| rto | PT1H | Back |

## Constraints

- **CON-1** At night
  only.

## Questions

### Q-1: How many?

- Answer:
`;
const start = (given: object) => startSchema.parse(given);
const limitsOf = (text: string) =>
  Object.fromEntries(readRequirements(text).limits.map((one) => [one.name, one.value]));

describe('conventions in a draft', () => {
  it('lower limits, raise none, and add those that are missing to the same table', () => {
    const text = withConventions(DRAFT, [start({ limits: { rto: 'PT30M', batch: '80%', 'max-destroys': 0 } })]);
    expect(limitsOf(text)).toEqual({ 'max-hosts': '4', batch: '50%', rto: 'PT30M', 'max-destroys': '0' });
    expect(text).toContain('| rto | PT30M | Back |');
  });

  it('say beside a limit of another kind what theirs is', () => {
    const text = withConventions(DRAFT, [start({ limits: { 'max-hosts': '20%' } })]);
    expect(limitsOf(text)['max-hosts']).toBe('4');
    expect(readRequirements(text).constraints.map((one) => one.title)).toContain('max-hosts is also at most 20%.');
  });

  it('put constraints and questions behind the draft’s own, once, and leave every other byte', () => {
    const layer = start({ constraints: ['Nothing in July.'], questions: ['Who pays?'] });
    const text = withConventions(DRAFT, [layer, layer]);
    const more = DRAFT.replace('  only.\n', '  only.\n- **CON-2** Nothing in July.\n');
    expect(text).toBe(`${more}\n### Q-2: Who pays?\n\n- Answer:\n`);
  });

  it('let no later layer loosen an earlier one', () => {
    const [strict, lax] = [start({ limits: { 'max-hosts': 2 } }), start({ limits: { 'max-hosts': 9 } })];
    for (const order of [
      [strict, lax],
      [lax, strict],
    ])
      expect(limitsOf(withConventions(DRAFT, order))['max-hosts']).toBe('2');
  });

  it('begin the sections of a draft that is empty', () => {
    const empty = '---\ncountersign: requirements/1\n---\n\n## Limits\n\n## Constraints\n\n## Questions\n';
    const text = withConventions(empty, [start({ limits: { batch: 2 }, constraints: ['A.'], questions: ['B?'] })]);
    const read = readRequirements(text);
    expect(limitsOf(text)).toEqual({ batch: '2' });
    expect([...read.constraints, ...read.questions].map((one) => one.id)).toEqual(['CON-1', 'Q-1']);
  });
});

describe('the lower of two limits', () => {
  it.each([
    ['4', '9', '4'],
    ['20%', '5%', '5%'],
    ['PT90M', 'PT1H', 'PT1H'],
    ['P1D', 'PT24H', 'P1D'],
    ['200 EUR/month', '90 EUR/month', '90 EUR/month'],
    ['5 GB', '2 GB', '2 GB'],
    ['4', '20%', undefined],
    ['200 EUR/month', '90 USD/month', undefined],
    ['P1M', 'P30D', undefined],
    ['at least 3', '2', undefined],
  ])('of %s and %s is %s', (a, b, lower) => {
    expect(atMost(a, b)).toBe(lower);
  });
});

import { describe, expect, it } from 'vitest';
import { findGaps, gapRules } from './catalogue.ts';
import { example } from './example.ts';
import { secretInClear } from './secret-in-clear.ts';

describe.each(gapRules)('gap rule $id', (rule) => {
  it('reports its failing example, with evidence and a sentence', () => {
    const gaps = findGaps(rule.examples.fails, [rule]);
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) {
      expect(gap.rule).toBe(rule.id);
      expect(gap.evidence.length).toBeGreaterThan(0);
      expect(gap.message).toMatch(/^\S.*\.$/);
    }
  });

  it('is silent on its passing example', () => {
    expect(findGaps(rule.examples.passes, [rule])).toEqual([]);
  });
});

describe('the catalogue of gap rules', () => {
  it('has unique ids in order', () => {
    const ids = gapRules.map((rule) => rule.id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('ranks a sample secret lower than a real one', () => {
    const gaps = findGaps(
      example(['secret', 'a', { class: 'token' }], ['secret', 'b', { class: 'token', sample: true }]),
      [secretInClear],
    );
    expect(gaps.map((gap) => gap.severity)).toEqual(['error', 'info']);
  });

  it('counts a read before the write as no verification of it', () => {
    const facts = example(
      ['task', 'look', { effect: 'read', object: 'x' }],
      ['task', 'set', { effect: 'write', object: 'x' }],
    );
    expect(findGaps(facts).map((gap) => gap.rule)).toContain('no-verification');
  });
});

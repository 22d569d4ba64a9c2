import { describe, expect, it } from 'vitest';
import { groupBy } from '../group.ts';
import { RULES } from './catalogue.ts';
import { type Example, type Rule, ruleInput, runRules } from './rule.ts';

function lines(rule: Rule, example: Example): number[] {
  const stated = groupBy(example.stated ?? [], (one) => one.need);
  const platform = example.facts === undefined ? undefined : { sha256: '0'.repeat(64), facts: example.facts };
  return runRules([rule], ruleInput(example.artifacts, { platform, stated })).map((finding) => finding.line);
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('rule %s', (_, rule) => {
  it.each(rule.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    expect(lines(rule, example)).toEqual(example.reports);
  });

  it('has an example that fails and one that passes', () => {
    expect(rule.examples.some((example) => example.reports.length > 0)).toBe(true);
    expect(rule.examples.some((example) => example.reports.length === 0)).toBe(true);
  });
});

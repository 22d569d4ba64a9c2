import { describe, expect, it } from 'vitest';
import { RULES } from './catalogue.ts';
import { type Example, exampleInput, type Rule, runRules } from './rule.ts';

function lines(rule: Rule, example: Example): number[] {
  // All rules run: a rule about other rules needs them, and none of them may throw on another's example.
  return runRules(RULES, exampleInput(example))
    .filter((finding) => finding.rule === rule.id)
    .map((finding) => finding.line);
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('rule %s', (_, rule) => {
  it.each(rule.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    expect(lines(rule, example)).toEqual(example.reports);
  });

  it('has an example that fails and one that passes', () => {
    expect(rule.examples.some((example) => example.reports.length > 0)).toBe(true);
    expect(rule.examples.some((example) => example.reports.length === 0)).toBe(true);
  });

  it('says for each place what is wrong and what to do', () => {
    const found = rule.examples.flatMap((example) => runRules(RULES, exampleInput(example)));
    for (const finding of found.filter((one) => one.rule === rule.id)) {
      expect(finding.message).not.toBe('');
      expect(finding.fix).not.toBe('');
      expect(finding.line).toBeGreaterThan(0);
    }
  });
});

describe('the catalogue', () => {
  it('has each id once, in kebab case', () => {
    const ids = RULES.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  });
});

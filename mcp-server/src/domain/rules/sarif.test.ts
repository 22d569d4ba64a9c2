import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { RULES } from './catalogue.ts';
import { exampleInput, runRules } from './rule.ts';
import { sarif } from './sarif.ts';

const finding: Finding = {
  rule: 'open-question',
  severity: 'warning',
  path: 'deliveries/dns/requirements.md',
  line: 7,
  message: 'Q-1 has no answer',
  fix: 'answer it',
};

describe('SARIF', () => {
  it('has every property that the 2.1.0 schema requires, and values of its enumerations', () => {
    const failing = RULES.flatMap((rule) => rule.examples).flatMap((one) => runRules(RULES, exampleInput(one)));
    const log = sarif(failing, RULES, '1.2.3');
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/sarif-2\.1\.0/);
    expect(log.runs).toHaveLength(1);
    const [run] = log.runs;
    expect(run?.tool.driver.name).toBe('Countersign');
    expect(run?.results).toHaveLength(failing.length);
    for (const rule of run?.tool.driver.rules ?? []) {
      expect(rule.id).toMatch(/./);
      expect(rule.shortDescription.text).toMatch(/./);
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level);
    }
    for (const result of run?.results ?? []) {
      expect(result.message.text).toMatch(/./);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(run?.tool.driver.rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      const place = result.locations[0]?.physicalLocation;
      expect(place?.region.startLine).toBeGreaterThanOrEqual(1);
      expect(place?.artifactLocation.uri).toMatch(/^[a-z-]+\.md$/);
    }
  });

  it('says what is wrong and what to do, at the finding’s own severity', () => {
    const [result] = sarif([{ ...finding, severity: 'error' }], RULES, '1')?.runs[0]?.results ?? [];
    expect(result).toEqual({
      ruleId: 'open-question',
      ruleIndex: RULES.findIndex((rule) => rule.id === 'open-question'),
      level: 'error',
      message: { text: 'Q-1 has no answer. To fix it: answer it.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'deliveries/dns/requirements.md' },
            region: { startLine: 7 },
          },
        },
      ],
    });
  });

  it('keeps a finding whose rule is not among those that ran', () => {
    const [result] = sarif([{ ...finding, rule: 'policy-shape' }], RULES, '1').runs[0]?.results ?? [];
    expect(result?.ruleId).toBe('policy-shape');
    expect(result).not.toHaveProperty('ruleIndex');
  });

  it('writes info as note, and paths as URI references below the root', () => {
    const log = sarif(
      [{ ...finding, severity: 'info', path: 'a b#1/ü.md' }],
      RULES,
      '1',
      (path) => `deliveries/${path}`,
    );
    expect(log.runs[0]?.results[0]?.level).toBe('note');
    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'deliveries/a%20b%231/%C3%BC.md',
    );
  });
});

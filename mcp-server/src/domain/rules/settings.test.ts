import { describe, expect, it } from 'vitest';
import { readPolicy } from '../policy/policy.ts';
import { RULES } from './catalogue.ts';
import { retiredIds } from './retired.ts';
import { ruleInput, runRules } from './rule.ts';
import { type RuleSettings, settingFindings, severityOf, switchedOff } from './settings.ts';

const text = '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL answer quickly.\n\n### REQ-1: B\n\nIt SHALL act.\n';
const run = (settings: RuleSettings, source = text) =>
  runRules(RULES, ruleInput({ 'requirements.md': source }, { platform: undefined, stated: new Map() }), { settings });
const of = (rule: string, settings: RuleSettings) => run(settings).filter((one) => one.rule === rule);

describe('settings of rules', () => {
  it('[R-RULES-1] switch a rule off, or give it another severity', () => {
    expect(of('vague-words', {}).map((one) => one.severity)).toEqual(['warning']);
    expect(of('vague-words', { 'vague-words': 'error' }).map((one) => one.severity)).toEqual(['error']);
    expect(of('vague-words', { 'vague-words': 'off' })).toEqual([]);
    expect(of('criterion-missing', { 'criterion-missing': 'warning' })[0]?.severity).toBe('warning');
  });

  it('[R-RULES-1] lower no rule that a gate rests on, and say so', () => {
    for (const setting of ['off', 'warning'] as const) {
      expect(of('duplicate-id', { 'duplicate-id': setting }).map((one) => one.severity)).toEqual(['error']);
      expect(of('rule-settings', { 'duplicate-id': setting })).toHaveLength(1);
    }
    expect(of('rule-settings', { 'disable-unused': 'error' })).toEqual([]);
  });

  it('name a rule that does not exist', () => {
    expect(of('rule-settings', { 'vague-word': 'off' })[0]?.message).toContain('there is no rule vague-word');
  });

  it('leave a comment useful that disables a rule which is off', () => {
    const comment = '<!-- countersign-disable-next-line vague-words: quoted -->\n';
    const found = run({ 'vague-words': 'off' }, text.replace('The tool', `${comment}The tool`));
    expect(found.filter((one) => one.rule === 'disable-unused')).toEqual([]);
  });

  it('are read from the policy, where another word is refused', () => {
    expect(readPolicy('countersign: policy/1\nrules: { vague-words: off }\n')).toMatchObject({
      policy: { rules: { 'vague-words': 'off' } },
    });
    expect(readPolicy('countersign: policy/1\nrules: { vague-words: hint }\n')).toHaveProperty('findings');
  });
});

describe('a setting of one rule', () => {
  const rules = (['info', 'warning', 'error'] as const).flatMap((severity) => [
    { id: `own-${severity}`, severity },
    { id: `gate-${severity}`, severity, mandatory: true as const },
  ]);
  const of = (id: string, setting: 'off' | 'warning' | 'error') => {
    const settings = { [id]: setting };
    const rule = rules.find((one) => one.id === id)!;
    const refused = settingFindings(rules, settings);
    return [severityOf(rule, settings), [...switchedOff(rules, settings)], refused];
  };
  const error = (message: string, fix: string) => ({
    rule: 'rule-settings',
    severity: 'error',
    path: 'countersign.yaml',
    line: 1,
    message,
    fix,
  });

  it.each(['info', 'warning', 'error'] as const)(
    'holds whatever it is where no gate rests on a rule of severity %s',
    (own) => {
      expect(of(`own-${own}`, 'off')).toEqual([undefined, [`own-${own}`], []]);
      expect(of(`own-${own}`, 'warning')).toEqual(['warning', [], []]);
      expect(of(`own-${own}`, 'error')).toEqual(['error', [], []]);
    },
  );

  it.each<[string, 'off' | 'warning' | 'error', boolean]>([
    ['info', 'off', false],
    ['info', 'warning', true],
    ['info', 'error', true],
    ['warning', 'off', false],
    ['warning', 'warning', true],
    ['warning', 'error', true],
    ['error', 'off', false],
    ['error', 'warning', false],
    ['error', 'error', true],
  ])('where a gate rests on a rule of severity %s, %s holds: %s', (own, setting, holds) => {
    const message = `rules: gate-${own} cannot be set to ${setting}, because a gate rests on it`;
    expect(of(`gate-${own}`, setting)).toEqual(
      holds ? [setting, [], []] : [undefined, [], [error(message, 'remove the setting')]],
    );
  });

  it('is not one that every object has, and is told where no rule has its name', () => {
    const rule = { id: 'constructor', severity: 'error' } as const;
    expect(severityOf(rule, {})).toBeUndefined();
    expect(settingFindings(rules, { [rule.id as string]: 'off', 'gate-error': 'error' })).toEqual([
      error('rules: there is no rule constructor', 'write the id as findings show it'),
    ]);
    expect(settingFindings(rules, {})).toEqual([]);
  });
});

describe('retired ids', () => {
  const version = (...ids: string[]) =>
    `---\ncountersign: requirements/1\n---\n\n## Requirements\n\n${ids.map((id) => `### ${id}\n`).join('\n')}`;

  it('[R-RULES-2] are those of approved texts that the last one has not', () => {
    const texts = [version('REQ-1: A', 'REQ-2: B'), version('REQ-1: A', 'REQ-2: C'), version('REQ-1: A')];
    expect([...retiredIds([texts])]).toEqual([['REQ-2', 'C']]);
    expect([...retiredIds([texts.slice(0, 2)])]).toEqual([]);
    expect([...retiredIds([[], ['no artifact', version()]])]).toEqual([]);
  });
});

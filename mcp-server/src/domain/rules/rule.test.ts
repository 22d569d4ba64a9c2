import { describe, expect, it } from 'vitest';
import { RULES } from './catalogue.ts';
import { ruleInput, runRules } from './rule.ts';

const nothing = { platform: undefined, stated: new Map() };
const rulesOf = (text: string, submitting = false) =>
  runRules(RULES, ruleInput({ 'requirements.md': text }, nothing), { submitting });

describe('running the rules', () => {
  it('finds nothing where there is nothing yet', () => {
    expect(runRules(RULES, ruleInput({}, nothing))).toEqual([]);
  });

  it('raises an open question to an error only at submission', () => {
    const text = '## Questions\n\n- **Q-1** Who owns it?\n';
    const severity = (submitting: boolean) =>
      rulesOf(text, submitting).find((one) => one.rule === 'open-question')?.severity;
    expect(severity(false)).toBe('warning');
    expect(severity(true)).toBe('error');
  });

  it('orders findings by line, whatever the rules’ order', () => {
    const lines = rulesOf('## Questions\n\n- **Q-1** Who?\n\n## Limits\n\n- a\n').map((one) => one.line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(lines.length).toBeGreaterThan(3);
  });

  it('does not throw on text that is no artifact at all', () => {
    for (const text of [
      '',
      '\ufeff',
      '---',
      '| | |\n|-|-|\n',
      '### REQ-1:',
      '<!--',
      '# \u202eabc',
      '\0',
      '## Limits\n|',
    ])
      expect(rulesOf(text).length).toBeGreaterThan(0);
  });
});

describe('a comment that disables a rule', () => {
  const vague = (text: string) =>
    rulesOf(text)
      .filter((one) => one.rule === 'vague-words')
      .map((one) => one.line);
  const comment = '<!-- countersign-disable-next-line vague-words: the contract says so -->';

  it('covers the next line and no other', () => {
    const body = 'The tool SHALL answer quickly.\n';
    const head = '## Requirements\n\n### REQ-1: A\n\n';
    expect(vague(`${head}${comment}\n\n${body}`)).toEqual([]);
    expect(vague(`${head}${comment}\nThe tool SHALL answer.\n\n${body}`)).toEqual([8]);
  });

  it('stands above another one for the same line', () => {
    const other = '<!-- countersign-disable-next-line one-shall: it is one -->';
    const head = '## Requirements\n\n### REQ-1: A\n\n';
    const found = rulesOf(`${head}${comment}\n${other}\nThe tool SHALL go quickly and SHALL stop.\n`);
    expect(found.filter((one) => /vague-words|one-shall|disable/.test(one.rule))).toEqual([]);
  });

  it('covers all rows of the table that follows', () => {
    const other = '<!-- countersign-disable-next-line unmeasurable-limit: from the contract -->';
    const table = '| Limit | Value |\n|---|---|\n| a | some |\n| b | few |\n';
    expect(rulesOf(`## Limits\n\n${other}\n\n${table}`).filter((one) => one.rule === 'unmeasurable-limit')).toEqual([]);
  });

  it('works with line ends of Windows', () => {
    const text = `## Requirements\n\n### REQ-1: A\n\n${comment}\nThe tool SHALL answer quickly.\n`;
    expect(vague(text.replaceAll('\n', '\r\n'))).toEqual([]);
  });

  it('does not disable a rule that a gate rests on', () => {
    const text = '<!-- countersign-disable-next-line front-matter: later -->\n# A\n';
    expect(rulesOf(text).some((one) => one.rule === 'front-matter')).toBe(true);
  });
});

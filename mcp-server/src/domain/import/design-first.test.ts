import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { readRequirements } from '../artifact/requirements.ts';
import { errorsIn } from '../finding.ts';
import { RULES } from '../rules/catalogue.ts';
import { ruleInput, runRules } from '../rules/rule.ts';
import { designFirst } from './design-first.ts';
import { importUnit } from './import.ts';

function draft(path: string, text: string) {
  const [unit] = designFirst.units([{ path, text }]);
  const { requirements, design } = importUnit(designFirst, unit!, '', 'Ada');
  const artifacts = { 'requirements.md': requirements, ...(design === undefined ? {} : { 'design.md': design }) };
  const errors = errorsIn(runRules(RULES, ruleInput(artifacts, { platform: undefined, stated: new Map() })));
  return {
    read: readRequirements(requirements),
    design,
    errors: errors.map((one) => `${one.path}:${one.line} ${one.message}`),
  };
}

describe('design first', () => {
  it('[R-IMPORT-4] marks every requirement that it derives from a design', () => {
    const { read, design, errors } = draft(
      'design.md',
      '# Design: Lease keeper\n\nThe keeper must renew a lease before it ends. It is small.\n\n## Components\n\n### Renewer\n\nIn `keeper/renew.py`.\n\n### Store\n\nKeeps leases.\n',
    );
    expect(errors).toEqual([]);
    expect(read.requirements.map((one) => one.title)).toEqual([
      'The keeper must renew a lease before it ends',
      'Renewer',
      'Store',
    ]);
    expect(read.requirements.filter((one) => one.inferred === undefined)).toEqual([]);
    const components = readDesign(design!).components.map(({ title, realises }) => [title, realises]);
    expect(components.slice(0, 2)).toEqual([
      ['Renewer', ['REQ-2']],
      ['Store', ['REQ-3']],
    ]);
  });

  it('[R-IMPORT-4] reads routines and conditions of pseudocode, with the lines of the file', () => {
    const code =
      'function renew(lease)\n  if lease.ends < now + 1h then extend(lease)\n  while offline:\n    wait\n```\n# REQ-7: no heading\n';
    const { read, errors } = draft('keeper.txt', code);
    expect(errors).toEqual([]);
    expect(read.requirements.map((one) => one.title)).toEqual(
      ['Routine renew', 'When lease.ends < now + 1h', 'When offline'].map((title) => title.replace('<', "'")),
    );
    expect(read.doc.text).toContain('`keeper.txt:2`, condition of the design');
  });

  it('says of each routine and condition what follows, in any language', () => {
    const code = [
      'export async def start-up(x):',
      'if (a < "b") { go() }',
      'elif c:',
      '  WHEN d then   stop `it`',
      'else if e then',
      'ifx: no',
      'definition x',
    ].join('\n');
    const text = `## Flow\n\n\`\`\`\n${code}\n\`\`\`\n\n\`\`\`yaml\nif a: b\n\`\`\`\n`;
    const [unit] = designFirst.units([{ path: 'docs/plan.md', text }]);
    const found = designFirst.read(unit!).requirements.map(({ title, source, path, line, statements, criteria }) => {
      expect([path, criteria, statements.length, statements[0]!.inferred]).toEqual(['docs/plan.md', [], 1, source]);
      return [line, title, source, statements[0]!.text];
    });
    const [routine, condition] = ['routine of the design', 'condition of the design'];
    const there = 'do what the design says there';
    expect(found).toEqual([
      [4, 'Routine start-up', routine, 'THE SYSTEM SHALL offer `start-up`.'],
      [5, "When a ' 'b'", condition, "IF `a ' 'b'` holds, THEN THE SYSTEM SHALL do `go() }`."],
      [6, 'When c', condition, `IF \`c\` holds, THEN THE SYSTEM SHALL ${there}.`],
      [7, 'When d', condition, "IF `d` holds, THEN THE SYSTEM SHALL do `stop 'it'`."],
      [8, 'When e', condition, `IF \`e\` holds, THEN THE SYSTEM SHALL ${there}.`],
    ]);
  });

  it('says so where nothing can be derived', () => {
    const { read, errors } = draft('empty.md', '');
    expect(errors).toEqual([]);
    expect(read.requirements[0]!.inferred).toBe('no requirement was found');
  });
});

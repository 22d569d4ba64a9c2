import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArtifactName } from '../stage.ts';
import { RULES } from './catalogue.ts';
import { mend } from './mend.ts';
import { ruleInput, runRules } from './rule.ts';

const findingsOf = (text: string) =>
  runRules(RULES, ruleInput({ 'requirements.md': text }, { platform: undefined, stated: new Map() }));
const mended = (text: string) => mend('requirements.md', text, findingsOf(text)).text;

const UNUSED = '<!-- countersign-disable-next-line vague-words: quoted -->';

describe('mending', () => {
  it('takes out a comment that disables nothing, and no other text of its line', () => {
    expect(mended(`## Goal\n\n${UNUSED}\nRecords appear.\n`)).toBe('## Goal\n\nRecords appear.\n');
    const shared = `## Goal\n\nText ${UNUSED}\nRecords appear.\n`;
    expect(mended(shared)).toBe(shared);
  });

  it('raises an entry whose heading is too deep', () => {
    const text = '## Requirements\r\n\r\n#### REQ-1: A\r\n\r\nIt SHALL act.\r\n\r\n#### Notes\r\n';
    expect(mended(text)).toBe(text.replace('#### REQ-1', '### REQ-1'));
  });

  it.each<[string, string]>([
    [`${UNUSED}\nA.\n`, 'A.\n'],
    [`\ufeff${UNUSED}\nA.\n`, '\ufeffA.\n'],
    [`A.\r\n\r\n \t${UNUSED} \t\r\nB.\r\n`, 'A.\r\n\r\nB.\r\n'],
    [`A.\r\r${UNUSED}\rB.\r`, 'A.\r\rB.\r'],
    [`A.\n\n${UNUSED}`, 'A.\n\n'],
    [`A.\n\n${UNUSED}\n${UNUSED}\nB.\n`, 'A.\n\nB.\n'],
    [`${UNUSED}\n\ufeffA.\n`, `${UNUSED}\n\ufeffA.\n`],
    [`A.\n\n${UNUSED}\n\ufeffB.\n`, 'A.\n\n\ufeffB.\n'],
    [`A.\n\n${UNUSED} text\n`, `A.\n\n${UNUSED} text\n`],
    [`A.\n\n${UNUSED}${UNUSED}\nB.\n`, `A.\n\n${UNUSED}${UNUSED}\nB.\n`],
  ])('takes the line of such a comment, and a byte order mark stays: %j', (text, after) => {
    expect(mended(text)).toBe(after);
  });

  it('looks only at the findings about such comments, each line once', () => {
    const text = `${UNUSED}\nA.\n${UNUSED}\n`;
    const finding = (rule: string, line: number) =>
      ({ rule, severity: 'warning', path: 'requirements.md', line, message: '', fix: '' }) as const;
    expect(mend('requirements.md', text, [finding('vague-words', 1), finding('disable-unused', 9)])).toEqual({
      text,
      mended: 0,
    });
    const twice = [finding('disable-unused', 3), finding('disable-unused', 3)];
    expect(mend('requirements.md', text, twice)).toEqual({ text: `${UNUSED}\nA.\n`, mended: 1 });
  });

  it.each<[ArtifactName, string, string]>([
    ['requirements.md', '## Requirements\n\n   ######\tREQ-10 : A\n', '## Requirements\n\n   ###\tREQ-10 : A\n'],
    [
      'requirements.md',
      '## REQUIREMENTS\n\n### REQ-1: A\n\n#### REQ-2: B\n\n##### REQ-3: C\n',
      '## REQUIREMENTS\n\n### REQ-1: A\n\n### REQ-2: B\n\n### REQ-3: C\n',
    ],
    ['requirements.md', '## Questions\n\n#### Q-1: A', '## Questions\n\n### Q-1: A'],
    ['feasibility.md', '## Feasibility constraints\n\n#### FC-1: A\n', '## Feasibility constraints\n\n### FC-1: A\n'],
    ['design.md', '\ufeff## Components\n\n#### CMP-1: A\n', '\ufeff## Components\n\n### CMP-1: A\n'],
    ...[
      '## Requirements\n\n#### CAP-1: A\n',
      '## Requirements\n\n#### REQ-0: A\n',
      '## Requirements\n\n#### REQ-1 A\n',
      '## Requirements\n\n#### A REQ-1: A\n',
      '## Requirements\n\n#### REQ-1.1: A\n',
      '## Goal\n\n#### REQ-1: A\n',
      '## Systems\n\n#### SYS-1: A\n',
      '## Requirements\n\n### REQ-1: A\n',
    ].map((text): [ArtifactName, string, string] => ['requirements.md', text, text]),
    ['design.md', '## Requirements\n\n#### REQ-1: A\n', '## Requirements\n\n#### REQ-1: A\n'],
  ])('raises only headings of entries in their own section: %s %j', (name, text, after) => {
    const mark = text.startsWith('\ufeff') ? 1 : 0;
    const mended = (after.slice(mark).match(/^ *###[ \t]/gm) ?? []).length - (text.match(/^ *###[ \t]/gm) ?? []).length;
    expect(mend(name, text, [])).toEqual({ text: after, mended });
  });

  it('counts renumbering, shifts it behind a byte order mark, and drops it in a comment that goes', () => {
    const finding = { rule: 'disable-unused', severity: 'warning', path: '', line: 1, message: '', fix: '' } as const;
    const at = (start: number) => ({ start, end: start + 1, text: 'X' });
    const line = UNUSED.length + 1;
    const edits = [at(0), at(line - 1), at(line), at(line + 2)];
    const text = `${UNUSED}\nabc\n`;
    expect(mend('requirements.md', text, [finding], edits)).toEqual({ text: 'XbX\n', mended: 3 });
    expect(mend('requirements.md', `\ufeff${text}`, [finding], edits)).toEqual({ text: '\ufeffXbX\n', mended: 3 });
    expect(mend('requirements.md', text, [], [at(line)])).toEqual({ text: `${UNUSED}\nXbc\n`, mended: 1 });
  });

  it('[R-RULES-4] leaves every other line as it is, and has nothing left to do the second time', () => {
    const line = fc.constantFrom(
      '## Requirements',
      '### REQ-1: A',
      '#### REQ-2: B',
      '###### CAP-3: C',
      UNUSED,
      '',
      '```',
      'It SHALL act quickly.',
      '- **AC-1.1** a',
      '<!--',
      '-->',
      '## Goal',
      '#### Notes',
      '\ttext',
      '> #### REQ-4: D',
      '\ufefftext',
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom('', '\ufeff'))
      .map(([lines, end, mark]) => mark + lines.join(end));
    fc.assert(
      fc.property(text, (before) => {
        const after = mended(before);
        // Where lines go, one further down that begins with the same character may come first.
        const mark = before.startsWith('\ufeff') ? 1 : 0;
        expect(after.slice(0, mark)).toBe(before.slice(0, mark));
        const lines = after.slice(mark).split(/\r\n|\r|\n/);
        let at = 0;
        for (const one of before.slice(mark).split(/\r\n|\r|\n/)) {
          if (lines[at] === one || lines[at] === one.replace(/^#{4,6}(?= (?:REQ|CAP)-)/, '###')) at++;
          else expect(one).toBe(UNUSED);
        }
        expect(at).toBeGreaterThanOrEqual(lines.length - 1);
        expect(mended(after)).toBe(mended(mended(after)));
      }),
      { numRuns: 300 },
    );
  });
});

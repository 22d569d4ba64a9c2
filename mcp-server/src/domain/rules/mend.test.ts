import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

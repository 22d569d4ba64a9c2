import { describe, expect, it } from 'vitest';
import { deltaOf } from '../delta/delta.ts';
import { designFirst } from '../import/design-first.ts';
import { importUnit } from '../import/import.ts';
import { outline } from './markdown.ts';
import { MAX_NESTING, overDeep } from './nesting.ts';
import { parseNodes } from './parse.ts';

const DEEP = MAX_NESTING + 1;
const steps = (count: number, mark: string, width = mark.length) =>
  Array.from({ length: count }, (_, at) => `${' '.repeat(at * width)}${mark}x`).join('\n');

describe('a text that nests too deep for the parser', () => {
  it.each([
    ['bullets', '- '.repeat(DEEP)],
    ['bullets with tabs', '*\t'.repeat(DEEP)],
    ['numbers', '1. '.repeat(DEEP)],
    ['numbers with a parenthesis', '12) '.repeat(DEEP)],
    ['quotes', '>'.repeat(DEEP)],
    ['quotes and bullets', '> - '.repeat(DEEP / 2 + 1)],
    ['bullets below bullets', steps(DEEP, '- ')],
    ['numbers below numbers', steps(DEEP, '1. ')],
    ['bullets below bullets by tabs', Array.from({ length: DEEP }, (_, at) => `${'\t'.repeat(at)}- x`).join('\r')],
    ['images in images', '!['.repeat(DEEP)],
    ['images in images on many lines', '![\n'.repeat(DEEP)],
  ])('is found by its %s', (_, text) => {
    const marked = text.startsWith('![\n') || text.includes('x');
    const line = marked ? DEEP : 1;
    expect(overDeep(`${text}x`)!.line).toBe(line);
    expect(overDeep(`a\r\n\r\nb\n${text}x`)!.line).toBe(line + 3);
  });

  it.each([
    ['as deep as it may be', '- '.repeat(MAX_NESTING)],
    ['as deep as it may be, on many lines', steps(MAX_NESTING, '- ')],
    ['with lines across the page', '- '.repeat(100)],
    ['with other lines across the page', `a\n${'* '.repeat(100)}\nb`],
    ['with marks that are none', '-'.repeat(500)],
    ['with emphasis', '*a '.repeat(100)],
    ['with numbers that are none', '1.'.repeat(100)],
    ['with long numbers', '1234567890. '.repeat(100)],
    ['far to the right', `${' '.repeat(500)}- x\n${' '.repeat(600)}- y`],
    ['one beside the other', '- a\n'.repeat(1000)],
    ['two levels again and again', '- a\n  - b\n'.repeat(500)],
    ['with quotes of many lines', '> > - a\n'.repeat(500)],
    ['with many images', '![a](b) '.repeat(100)],
    ['with images that do not end, each in its paragraph', '![a\n\n'.repeat(100)],
    ['with brackets that close nothing', ']'.repeat(100)],
    ['in fenced code', `~~~\n${'> '.repeat(DEEP)}\n~~~\n\n\`\`\`md\n${'!['.repeat(DEEP)}\n\`\`\`\n`],
    ['in a comment', `<!--\n${'- '.repeat(DEEP)}x\n-->\n`],
    ['of nothing', ''],
  ])('is none %s', (_, text) => expect(overDeep(text)).toBeUndefined());

  it.each([
    ['behind fenced code', `\`\`\`\n${'> '.repeat(DEEP)}\n\`\`\`\n${'> '.repeat(DEEP)}`, 4],
    ['behind a fence that nothing opens', `<p>\n\`\`\`\n</p>\n\n${'> '.repeat(DEEP)}`, 5],
    ['behind a fence inside an item', `- a\n  \`\`\`\n\nb\n${'> '.repeat(DEEP)}`, 5],
  ])('is found %s', (_, text, line) => expect(overDeep(text)!.line).toBe(line));

  it('is found where it first is', () => {
    const image = `${'!['.repeat(DEEP)}\n\n`;
    const list = `${'- '.repeat(DEEP)}x\n\n`;
    expect(overDeep(`a\n${image}${list}`)).toEqual({ offset: 2, line: 2 });
    expect(overDeep(`a\n${list}${image}`)).toEqual({ offset: 2, line: 2 });
  });

  it('is read up to there, and the rest kept as it stands', () => {
    const rest = `${'- '.repeat(6000)}x\n\n## Behind\n\ny`;
    const text = `---\na: 1\n---\n\n## Goal\n\nOne.\n\n${rest}`;
    const doc = outline(text);
    expect(doc.sections.map((one) => one.title)).toEqual(['Goal']);
    expect(doc.front!.yaml).toBe('a: 1');
    const last = parseNodes(text).at(-1)!;
    expect(last).toEqual({
      type: 'html',
      value: rest,
      position: {
        start: { line: 9, column: 1, offset: text.length - rest.length },
        end: { line: 13, column: 2, offset: text.length },
      },
    });
  });

  it('[R-ART-5] costs no reader its stack or its time', () => {
    for (const mark of ['- ', '1. ', '>', '![']) {
      const bomb = `# T\n\nbefore\n\n${mark.repeat(6000)}x\n\nafter\n`;
      const before = process.cpuUsage();
      expect(deltaOf('# T\n\nbefore\n', bomb).length).toBeGreaterThan(0);
      const [unit] = designFirst.units([{ path: 'design.md', text: bomb }]);
      const { requirements } = importUnit(designFirst, unit!, '', 'Ada');
      expect(requirements).toContain(`${mark.repeat(6000)}x\n\nafter`);
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
    }
  });
});

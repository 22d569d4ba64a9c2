import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, it } from 'vitest';
import { parseNodes } from './parse.ts';
import { segmentsOf } from './segments.ts';

const whole = (text: string) => parseNodes(text, Number.POSITIVE_INFINITY);

describe('tables', () => {
  const always = (text: string) =>
    fromMarkdown(text, {
      extensions: [frontmatter(['yaml']), gfmTable()],
      mdastExtensions: [frontmatterFromMarkdown(['yaml']), gfmTableFromMarkdown()],
    }).children;

  it('are looked for only where a delimiter row could be, which changes nothing that is read', () => {
    const token = fc.constantFrom(
      ...['|', ' | ', ':', '-', '--', ':-', ' ', '\t', 'a', 'b | c', '\\|', '`', '> ', '- ', '* ', '1. ', '2) '],
      ...['\n', '\n', '\r\n', '\r', '    ', '\u2028', '\n\n', '---', '===', '<!--', '```', '+ '],
    );
    const text = fc.array(token, { maxLength: 40 }).map((parts) => parts.join(''));
    const table = fc
      .tuple(text, fc.constantFrom('', '> ', '  ', '   ', '1. ', '- '), text)
      .map(([before, mark, after]) => {
        const inner = mark.trim() === '>' ? mark : ' '.repeat(mark.length);
        return `${before}\n\n${mark}| a | b |\n${inner}|:-|-:|\n${inner}| c${after}`;
      });
    fc.assert(
      fc.property(fc.oneof(text, table), (one) => {
        expect(whole(one)).toEqual(always(one));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a\n:-', 'a|b\n-|-', '> a|b\n> -|-', '- a|b\n  -|-', '| a |\r| - |', '| a |\r\n| - |\r\n'])(
    '%j is one',
    (text) => {
      expect(JSON.stringify(whole(text))).toContain('"tableCell"');
    },
  );
});

describe('parsing a large document in pieces', () => {
  const lines = fc.constantFrom(
    ...['# A', '## B', '### C', '#### D', 'text', 'more `code`', '', '', '- item', '  nested', '1. one', '  - deeper'],
    ...['```', '~~~', '````', '  ```', '- ```', '> quote', '> ```', '| a | b |', '|---|---|', '---', '===', '    code'],
    ...[
      '<!-- x',
      '-->',
      '<!-- y -->',
      '<div>',
      '</div>',
      '<pre>',
      '</pre>',
      ' <!--',
      '<?php',
      '?>',
      '<b>x',
      '[r]: /u',
      '[r]',
    ],
    ...['- a\r', '## W\r', '\\## no', '<![CDATA[', ']]>', '<!X', '\ttab', '- <pre>'],
  );

  it('gives the same nodes at the same places as parsing it at once', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (text, size) => {
        const joined = text.join('\n');
        expect(parseNodes(joined, size)).toEqual(whole(joined));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves the front matter whole, whatever it holds', () => {
    const text = '---\na: 1\n# b: 2\n## c\n---\n# A\n\ntext\n\n## B\n\ntext\n';
    expect(parseNodes(text, 1)).toEqual(whole(text));
    expect(segmentsOf(text, 1).map((one) => one.line)).toEqual([0, 5, 9]);
  });

  it('cuts only large documents, before headings at the margin', () => {
    const block = '### A\n\n- item\n\n';
    expect(segmentsOf(block, 1000)).toHaveLength(1);
    const cut = segmentsOf(block.repeat(100), 150);
    expect(cut).toHaveLength(10);
    expect(cut.map((one) => one.text).join('\n')).toBe(block.repeat(100));
  });

  it('does not cut in fenced code, or where a fence may belong to a list', () => {
    expect(segmentsOf('```\n# a\n# b\n```\ntext\n', 1)).toHaveLength(1);
    expect(segmentsOf('- a\n  ```\n# b\n# c\n# d\n', 1)).toHaveLength(1);
    expect(segmentsOf('<!--\n# a\n# b\n-->\ntext\n', 1)).toHaveLength(1);
  });

  it('does not cut a document with link definitions, which hold everywhere', () => {
    expect(segmentsOf('# a\n\n[x]\n\n# b\n\n[x]: /u\n', 1)).toHaveLength(1);
  });
});

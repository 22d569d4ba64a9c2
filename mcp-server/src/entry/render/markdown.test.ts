import * as fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, it } from 'vitest';
import { block, cell, span, table } from './markdown.ts';

const parsed = (text: string) =>
  fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });

/** What Markdown reads as marks, and what hosts do. */
const hostile = fc.string({
  unit: fc.constantFrom(
    '`',
    '```',
    '|',
    '\\',
    '\n',
    '<b>',
    '@ada',
    '#1',
    '*',
    '[',
    ']',
    '(',
    ')',
    'a',
    ' ',
    '~~~',
    '> ',
    '- ',
  ),
});

describe('text in Markdown', () => {
  it('is one piece of inline code and nothing else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(span(text) !== '');
        const { children } = parsed(`before ${span(text)} after`);
        expect(children).toHaveLength(1);
        expect((children[0] as { children: { type: string }[] }).children.map((one) => one.type)).toEqual([
          'text',
          'inlineCode',
          'text',
        ]);
      }),
    );
  });

  it('stays in its cell', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 2, maxLength: 2 }), (texts) => {
        const { children } = parsed(table(['a', 'b'], [texts.map(cell)]));
        const [only] = children as { type: string; children: { children: { children: { type: string }[] }[] }[] }[];
        expect([children.length, only!.type]).toEqual([1, 'table']);
        const row = only!.children[1]!.children;
        expect(row).toHaveLength(2);
        for (const one of row) for (const piece of one.children) expect(piece.type).toBe('inlineCode');
      }),
    );
  });

  it('over several lines is one block of code', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { children } = parsed(`${block(text, 'diff')}\n\nafter`);
        expect(children.map((one) => one.type)).toEqual(['code', 'paragraph']);
      }),
    );
  });
});

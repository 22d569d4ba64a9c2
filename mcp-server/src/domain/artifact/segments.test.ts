import { describe, expect, it } from 'vitest';
import { segmentsOf } from './segments.ts';

/** The first lines of the pieces, with the line at which each starts. */
const cut = (lines: readonly string[], size = 4, eol = '\n') =>
  segmentsOf(lines.join(eol), size).map(({ text, line }) => [line, text.split(eol)[0]]);
const filler = 'some text that is long enough';

describe('a long document', () => {
  it('is cut before headings at the margin, and its pieces with their line ends are the whole', () => {
    for (const eol of ['\n', '\r\n', '\r']) {
      const text = ['# A', filler, '## B', filler, '### C', filler, '#### D', filler, ''].join(eol);
      const pieces = segmentsOf(text, 4);
      expect(pieces.map(({ text: one }) => one)).toEqual([
        ['# A', filler].join(eol),
        ['## B', filler].join(eol),
        ['### C', filler, '#### D', filler, ''].join(eol),
      ]);
      expect(pieces.map(({ line }) => line)).toEqual([0, 2, 4]);
      expect(pieces.map(({ start }) => text.slice(start, start + 2).trim()[0])).toEqual(['#', '#', '#']);
      expect(pieces.map((one) => one.text).join(eol)).toBe(text);
    }
  });

  it('is whole where it is shorter than two pieces', () => {
    const text = '# A\n# B\n';
    expect(segmentsOf(text, 5)).toEqual([{ text, start: 0, line: 0 }]);
    expect(segmentsOf(text, 4)).toEqual([
      { text: '# A', start: 0, line: 0 },
      { text: '# B\n', start: 4, line: 1 },
    ]);
  });

  it('has pieces of at least the size', () => {
    expect(cut(['# A', filler, '# B', '# C', filler, '# D'], 20)).toEqual([
      [0, '# A'],
      [2, '# B'],
      [5, '# D'],
    ]);
  });

  it.each(['#NoHeading', ' # indented', '#### deep', '> # quoted', '- # in a list', 'text', ''])(
    'is not cut before %j',
    (line) => expect(cut(['# A', filler, line, filler])).toEqual([[0, '# A']]),
  );

  it.each(['##', '#\tB', '# B'])('is cut before %j', (line) => {
    expect(cut(['# A', filler, line, filler])).toEqual([
      [0, '# A'],
      [2, line],
    ]);
  });

  it('is not cut at all where a link is defined, for that holds for the whole', () => {
    for (const definition of ['[a]: https://example.org', '  [a]: x', '> [a]: x', '- [a b]: x', '1. [a]: x'])
      expect(cut(['# A', filler, '# B', definition])).toEqual([[0, '# A']]);
    expect(cut(['# A', filler, '# B', 'see [a]: x'])).toHaveLength(2);
  });

  it('is not cut in its front matter', () => {
    expect(cut(['---', 'a: 1', '# comment', '---', '# A', filler, '# B'])).toEqual([
      [0, '---'],
      [4, '# A'],
      [6, '# B'],
    ]);
    expect(cut(['text', '---', '# A', filler])).toEqual([
      [0, 'text'],
      [2, '# A'],
    ]);
  });

  it.each([
    ['```', '```'],
    ['```sh', '```'],
    ['````', '`````  '],
    ['~~~ a `b', '~~~'],
    ['~~~', '   ~~~~'],
    ['<!-- a', 'b -->'],
    ['<?php', '?>'],
    ['<![CDATA[', ']]>'],
    ['<!DOCTYPE', 'html>'],
    ['<script>', '</SCRIPT>'],
    ['<pre class="a">', 'a</pre>'],
    ['<style', '</style>'],
    ['<textarea>', '</textarea>'],
  ])('is not cut between %j and %j, and is behind it', (opens, closes) => {
    expect(cut(['# A', filler, opens, '# no heading', '', '# none', closes, '# B', filler])).toEqual([
      [0, '# A'],
      [7, '# B'],
    ]);
  });

  it.each(['``` a `b', '<!-- a -->', '<?a ?>', '<script>a</script>', 'a <b', '``', '~~'])(
    'is cut behind %j, which opens nothing',
    (line) => {
      expect(cut(['# A', filler, line, '# B', filler])).toEqual([
        [0, '# A'],
        [3, '# B'],
      ]);
    },
  );

  it.each(['~~', '```', '``` ```', '~~~~ x', '    ````'])(
    'is not cut behind a fence that %j does not close',
    (line) => {
      expect(cut(['# A', filler, '````', line, '# B', filler])).toEqual([[0, '# A']]);
    },
  );

  it('is not cut in a block of tags, which a blank line ends', () => {
    expect(cut(['# A', filler, '<div>', '# no heading', '', '# B', filler])).toEqual([
      [0, '# A'],
      [5, '# B'],
    ]);
    expect(cut(['# A', filler, '<div>', '# no heading', ' \t', '# B', filler])).toHaveLength(2);
  });

  it.each([
    [['  ```']],
    [['\t~~~']],
    [['<div>', '```']],
    [['<div>', ' <!-- a']],
    [['<div>', '<PRE>']],
    [['  <script>']],
  ])('is not cut behind %j, where nobody can tell what is open', (lines) => {
    expect(cut(['# A', filler, '# B', filler, ...lines, '', '# C', filler, '# D'])).toEqual([
      [0, '# A'],
      [2, '# B'],
    ]);
  });
});

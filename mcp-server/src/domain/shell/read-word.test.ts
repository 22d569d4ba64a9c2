import { describe, expect, it } from 'vitest';
import { readScript } from './read.ts';
import { readQuoted, readWord } from './read-word.ts';
import { newReader } from './reader.ts';
import type { Segment } from './script.ts';

const text = (value: string, quoted = false): Segment => ({ kind: 'literal', text: value, quoted });
const other = (quoted = false): Segment => ({ kind: 'other', quoted });
const variable = (name: string, quoted = false, all = false, fallback?: string): Segment => ({
  kind: 'variable',
  name,
  quoted,
  all,
  fallback,
});
const commands = (from: number, to: number, quoted = false, as = 'output' as const): Segment => ({
  kind: 'commands',
  from,
  to,
  quoted,
  as,
});

/** The first word of a line, how much of it was read, and whether something was missing. */
function word(line: string) {
  const reader = newReader(line, () => undefined);
  const segments = readWord(reader);
  return { segments, pos: Math.min(reader.pos, line.length), incomplete: reader.shared.incomplete };
}

describe('a word', () => {
  it.each<[string, Segment[], number?, boolean?]>([
    ['', []],
    ['ab', [text('ab')]],
    ...[' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')'].map((end): [string, Segment[], number] => [
      `a${end}b`,
      [text('a')],
      1,
    ]),
    ['<a', [], 0],
    // Quotes: neighbours of one kind are one segment.
    ['a\'b c\'"d e"f', [text('a'), text('b cd e', true), text('f')]],
    ["''", [text('', true)]],
    ['""', [text('', true)]],
    ["'a\\'b", [text('a\\', true), text('b')]],
    ["'ab", [text('ab', true)], 3, true],
    ['"ab', [text('ab', true)], 3, true],
    ['"\'"', [text("'", true)]],
    // Backslashes.
    ['a\\ b', [text('a'), text(' ', true), text('b')]],
    ['a\\\nb', [text('ab')]],
    ['a\\', [text('a'), text('\\', true)]],
    ['"\\$\\`\\\\\\"\\\n\\a\\\'"', [text('$`\\"\\a\\\'', true)]],
    ['"\\', [text('\\', true)], 2, true],
    // Variables.
    ['$a', [variable('a')]],
    ['$_a1-b', [variable('_a1'), text('-b')]],
    ['$12', [variable('1'), text('2')]],
    ['$@', [variable('@', false, true)]],
    ['"$*"', [text('', true), variable('*', true, true)]],
    ['$#$?$!$-$$', ['#', '?', '!', '-', '$'].map((name) => variable(name))],
    ['$', [text('$')]],
    ['$%"$"', [text('$%'), text('$', true)]],
    ['"$\'a\'"', [text("$'a'", true)]],
    // Braced ones.
    ['${a}b', [variable('a'), text('b')]],
    ['${12}', [variable('12')]],
    ['${@}${*}', [variable('@', false, true), variable('*', false, true)]],
    ['${#}', [variable('#')]],
    ['"${a[@]}"', [text('', true), variable('a', true, true)]],
    ['${a[*]}', [variable('a', false, true)]],
    ['${a[0]}', [other()]],
    ['${a:-b c}d', [variable('a', false, false, 'b c'), text('d')]],
    ['${a-}', [variable('a', false, false, '')]],
    ['"${a:-b\'c}"', [text('', true), variable('a', true, false, "b'c")]],
    ['${a:-\'}\'\\}"}"}', [variable('a', false, false, '}}}')]],
    ['${a:-$b}', [variable('a')]],
    ['${a:-${b}c}', [variable('a')]],
    ['${1:-b}', [other()]],
    ['${a%b}c', [other(), text('c')]],
    ['"${a#\'}"', [text('', true), other(true)]],
    ['${a', [other()], 3, true],
    ['${a:-b', [variable('a', false, false, 'b')], 6, true],
    ['${', [other()], 2, true],
    // ANSI-C and locale quoting.
    ["$'a\\'\\n'b", [text("a'\n", true), text('b')]],
    ["$'a\\n", [text('a\n', true)], 5, true],
    ["$''", [text('', true)]],
    // Arithmetic.
    ['$((1+(2)))a', [other(), text('a')]],
    ['"$((1))"', [text('', true), other(true)]],
    ['$((a")"\')\'\\)))b', [other(), text('b')]],
    // A backtick without its end.
    ['a`b', [text('a`b')], 3, true],
    ['"`"', [text('`', true)], 3, true],
  ])('%j', (line, segments, pos = line.length, incomplete = false) => {
    const expected = { segments, pos, incomplete };
    expect(word(line)).toEqual(expected);
  });

  it('ends at the characters it is told', () => {
    const reader = newReader('a;b<c', () => undefined);
    expect(readWord(reader, '<')).toEqual([text('a;b')]);
    expect(reader.pos).toBe(3);
  });

  it('has text in quotes that may go on to the end', () => {
    const reader = newReader('a"\\"$b\\$', () => undefined);
    const out: Segment[] = [];
    readQuoted(reader, out, '');
    expect([out, reader.shared.incomplete]).toEqual([
      [text('a"\\"', true), variable('b', true), text('$', true)],
      false,
    ]);
  });
});

describe('commands in a word', () => {
  /** What the first command's second word is made of, and each command as its words, owner, place and shell. */
  function read(line: string) {
    const { commands: all, shells, incomplete } = readScript(line);
    return {
      segments: all[0]?.words[1]?.segments,
      told: all.map(({ words, owner, within, shell }) => [
        words.map((one) => one.text ?? '?').join(' '),
        owner,
        within,
        shell,
      ]),
      shells,
      incomplete,
    };
  }

  it.each<[string, Segment[], unknown[][], number[]]>([
    [
      'a $(b; c)d e',
      [commands(1, 3), text('d')],
      [
        ['b', 0, 'substitution', 1],
        ['c', 0, 'substitution', 1],
      ],
      [0, 0],
    ],
    ['a "$(b)"', [text('', true), commands(1, 2, true)], [['b', 0, 'substitution', 1]], [0, 0]],
    [
      'a $(b $(c))',
      [commands(1, 3)],
      [
        ['b ?', 0, 'substitution', 1],
        ['c', 1, 'substitution', 2],
      ],
      [0, 0, 1],
    ],
    [
      'a `b \\`c\\``',
      [commands(1, 3)],
      [
        ['b ?', 0, 'substitution', 1],
        ['c', 1, 'substitution', 2],
      ],
      [0, 0, 1],
    ],
    ['a "`b \\"c d\\" \\$e`"', [text('', true), commands(1, 2, true)], [['b c d ?', 0, 'substitution', 1]], [0, 0]],
    ['a `b \\"c`', [commands(1, 2)], [['b "c', 0, 'substitution', 1]], [0, 0]],
    ['a $((1+$(b)))', [other()], [['b', 0, 'substitution', 1]], [0, 0]],
    ['a ${x:-$(b)}', [variable('x')], [['b', 0, 'substitution', 1]], [0, 0]],
    ['a ${x%`b`}', [other()], [['b', 0, 'substitution', 1]], [0, 0]],
  ])('%j', (line, segments, told, shells) => {
    const found = read(line);
    expect({ ...found, told: found.told.slice(1) }).toEqual({ segments, told, shells, incomplete: false });
    expect(found.told[0]?.slice(1)).toEqual([undefined, 'list', 0]);
  });

  it('are parentheses in parentheses where the closing ends stand apart', () => {
    const { told, segments, incomplete } = read('a $((b); (c))');
    expect(segments).toEqual([commands(1, 3)]);
    expect(told.map(([words]) => words)).toEqual(['a ?', 'b', 'c']);
    expect(incomplete).toBe(false);
  });

  it('write into a file or read from one that stands for them', () => {
    const { commands: all } = readScript('a <(b) x>(c) d');
    expect(all.map(({ words, pipedFrom, within }) => [words.length, pipedFrom, within])).toEqual([
      [4, undefined, 'list'],
      [1, undefined, 'process-substitution'],
      [1, { from: 0, to: 1 }, 'process-substitution'],
    ]);
    expect(all[0]?.words.slice(1, 3).map(({ segments }) => segments)).toEqual([
      [{ kind: 'commands', from: 1, to: 2, quoted: false, as: 'input-file' }],
      [text('x'), { kind: 'commands', from: 2, to: 3, quoted: false, as: 'output-file' }],
    ]);
  });

  it('are read to a depth of 64, and said to be incomplete beyond it', () => {
    const nested = (depth: number) => `a ${'$(b '.repeat(depth)}c${')'.repeat(depth)}`;
    const told = (depth: number) => [readScript(nested(depth)).commands.length, readScript(nested(depth)).incomplete];
    expect(told(64)).toEqual([65, false]);
    expect(told(65)[1]).toBe(true);
  });
});

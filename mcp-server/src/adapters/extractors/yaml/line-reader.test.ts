import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './line-reader.ts';
import { parseAnyYaml } from './parse.ts';

/** What the line reader says of a text, in the shape of the full reader's answer; undefined where it leaves it alone. */
function byLines(text: string) {
  const roots = readLines(text);
  return roots && { documents: roots.map((root) => ({ root })), unparsedLines: [] };
}

const read = [
  ['nested maps and lists', 'a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z: [1, two]\nd:\n- left\n- - deep\n  - er\n'],
  [
    'texts of every style',
    "a: plain\nb: \"x\\ty\\u00e9\"\nc: 'it''s'\nd: |\n  one\n\n    two\ne: >-\n  one\n  two\n\n    further\n\n  three\n",
  ],
  ['texts over several lines', 'a: one\n  two\n\n  three\nb: "four\n  five\n\n  six"\nc: \'seven\n  eight\'\n'],
  [
    'scalars of every type',
    '- 1\n- 0644\n- 0o17\n- 0x1F\n- 1.50\n- -2e3\n- .inf\n- -.INF\n- true\n- False\n- yes\n- ~\n- null\n- 1.2.3\n- +5\n',
  ],
  ['comments at every place', '# head\na: 1 # one\n# between\nb: # two\n  # below\n  c: x#y\n'],
  ['brackets over lines', 'a: [1,\n  two, "three", {k: v, "j":[]}\n]\nb: {c: d,\n  e: f}\n'],
  ['JSON', '{\n  "a": {"b": [1, 2, "x y"], "c": null},\n  "d": "e"\n}\n'],
  ['many documents', '---\na: 1\n---\n- b\n- c: |\n    text\n---\nd: e\n'],
  ['CRLF', 'a: 1\r\nb: |\r\n  one\r\n  two\r\nc: x\r\n  y\r\n'],
  ['empty values', 'a:\nb:\n  -\n  - c:\n    d:\n'],
  ['Jinja and URLs in text', 'a: "{{ x | d(\'y\') }}"\nb: http://x:80/p?q=#r\nwhen: a is defined and\n  b != "c"\n'],
  ['ends of documents', '---\na: 1\n...\n---\n- b\n... # no more\n'],
  ['escaped line ends', 'a: "one \\\n  two\\\n  \\  three\n  four\\\\\n  five\\\n  "\nb: c\n'],
  ['strange keys', '"q r": 1\n\'s\': 2\n-x: 3\na:b: 4\nkey : 5\n1: 6\n'],
] as const;

const left = [
  ['an anchor', 'a: &x 1\nb: *x\n'],
  ['a tag', 'a: !vault |\n  x\n'],
  ['a merge key', 'a:\n  <<: {b: 1}\n'],
  ['a directive', '%YAML 1.1\n---\na: yes\n'],
  ['a tab', 'a:\tb\n'],
  ['kept line ends', 'a: |+\n  x\n\n'],
  ['Jinja without quotes', 'a: {{ x }}\n'],
  ['an open bracket', 'a: [1, 2\nb: 3\n'],
  ['an open quote', 'a: "x\nb: 3\n'],
  ['a value in a value', 'a: b: c\n'],
  ['a step back to nowhere', 'a:\n    b: 1\n  c: 2\n'],
  ['an empty line behind an escaped line end', 'a: "one\\\n\n  two"\n'],
  ['a document behind an end without a beginning', 'a: 1\n...\nb: 2\n'],
  ['text alone', 'only words\n'],
  ['nothing', '---\n# empty\n'],
  ['10,000 levels', '- '.repeat(10_000)],
] as const;

describe('the line reader', () => {
  it.each(read)('reads %s as the full reader does', (_what, text) => {
    const said = byLines(text);
    expect(said).toBeDefined();
    expect(said).toEqual(parseAnyYaml(text));
  });

  it.each(left)('leaves %s to the full reader', (_what, text) => {
    expect(readLines(text)).toBeUndefined();
  });

  it('says of any text the same as the full reader, or nothing', () => {
    const keys = fc.constantFrom('a', 'b c', '"q"', "'s'", '-x', 'a:b', '1', 'key ');
    const values = fc.constantFrom(
      ...['1', 'true', 'two words', '"x"', "'it''s'", '"a\\nb"', '[a, "b", {c: d}]', '{a: 1, "b":2}', '[]', '|', '>'],
      ...['|-', '>-', '"open', '[a,', '{a: b,', "'x", 'text # c', '- x', 'a: b', 'http://x:80/p', '{{ x }}', '*z'],
      ...['&z q', '!t v', 'x#y', 'x:', '-', '# only', '[a: b]', 'a\\', '[x,]', '"a" b', '|+', '|2', '"x": y', ']'],
      ...['a\tb', '[a] # c', '[-]', '{a: http://x}', '"\\', '"one \\', '---', '...', '[[a]]', '{a: {}}', 'é', ''],
    );
    const more = fc.constantFrom(
      ...[
        'more',
        '"close',
        'x"',
        "y'",
        'b]',
        'c: d}',
        '# comment',
        '',
        '  ',
        'text: ',
        '\\',
        ']',
        '  x',
        '\tt',
        '---',
        '...',
        'two \\',
        'b\\"',
      ],
    );
    const indent = fc.constantFrom('', '', ' ', '  ', '  ', '    ', '      ');
    const line = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(indent, keys, values).map(([pad, key, value]) => `${pad}${key}: ${value}`) },
      { weight: 3, arbitrary: fc.tuple(indent, values).map(([pad, value]) => `${pad}- ${value}`) },
      { weight: 3, arbitrary: fc.tuple(indent, keys, values).map(([pad, key, value]) => `${pad}- ${key}: ${value}`) },
      { weight: 2, arbitrary: fc.tuple(indent, keys).map(([pad, key]) => `${pad}${key}:`) },
      { weight: 5, arbitrary: fc.tuple(indent, more).map(([pad, text]) => pad + text) },
    );
    const text = fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 7 }), fc.constantFrom('\n', '\n', '\r\n'))
      .map(([lines, ending]) => lines.join(ending) + ending);
    fc.assert(
      fc.property(text, (source) => {
        const said = byLines(source);
        if (said !== undefined) expect(said).toEqual(parseAnyYaml(source));
      }),
      { numRuns: 3000 },
    );
  });

  it('takes time in proportion to the text, whatever is open in it', () => {
    const time = (text: string) => {
      const start = performance.now();
      readLines(text);
      return performance.now() - start;
    };
    for (const of of [
      (n: number) => `a: "${'\\"'.repeat(n)}"\n`,
      (n: number) => `a: ${'x '.repeat(n)}\n`,
      (n: number) => `a: x\n${'  y\n\n'.repeat(n)}`,
      (n: number) => `a: [${'"x", \n   '.repeat(n)}]\n`,
      (n: number) => `a: |\n${'  x\n'.repeat(n)}`,
      (n: number) => `${"'a\n".repeat(n)}`,
    ]) {
      time(of(2000));
      expect(time(of(64_000))).toBeLessThan(1000);
    }
  });
});

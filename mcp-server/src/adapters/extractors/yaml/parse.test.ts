import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  childOf,
  entriesOf,
  entryOf,
  itemsOf,
  spanInScalar,
  spanOf,
  textOf,
  textsOf,
  truthOf,
  type YamlScalar,
} from './node.ts';
import { parseYaml } from './parse.ts';

const first = (text: string) => parseYaml(text).documents[0]?.root;

describe('parseYaml', () => {
  it('gives every entry the lines from its key to the end of its value', () => {
    const root = first('a: 1\nb:\n  - x\n  - y: |\n      one\n      two\n\n# tail\nc: {d: 1,\n  e: 2}\n');
    const spans = Object.fromEntries(entriesOf(root).map((entry) => [entry.key, spanOf(entry)]));
    expect(spans).toEqual({ a: { line: 1, endLine: 1 }, b: { line: 2, endLine: 6 }, c: { line: 9, endLine: 10 } });
  });

  it('reads every document of a stream and CRLF line ends', () => {
    const file = parseYaml('---\r\na: 1\r\n---\r\nb: 2\r\n');
    expect(file.documents.map(({ root }) => entriesOf(root)[0]?.key)).toEqual(['a', 'b']);
    expect(file.documents.map(({ root }) => root?.line)).toEqual([2, 4]);
    expect(parseYaml('').documents).toEqual([]);
  });

  it('keeps local tags without constructing anything from them', () => {
    const root = first(
      "a: !vault |\n  $ANSIBLE_VAULT;1.1\n  6162\nb: !unsafe '{{ x }}'\nc: !reference [.x, script]\nd: !!str 5\n",
    );
    expect(entriesOf(root).map((entry) => entry.value.tag)).toEqual(['!vault', '!unsafe', '!reference', undefined]);
    expect(textOf(childOf(root, 'b'))).toBe('{{ x }}');
    expect(textsOf(childOf(root, 'c'))).toEqual(['.x', 'script']);
    expect(childOf(root, 'd')).toMatchObject({ value: '5' });
  });

  it('keeps what a number was written as and reads the booleans of YAML 1.1 on request', () => {
    const root = first('mode: 0644\nversion: 1.10\non: yes\nnothing:\n');
    expect(textOf(childOf(root, 'mode'))).toBe('0644');
    expect(textOf(childOf(root, 'version'))).toBe('1.10');
    expect(childOf(root, 'on')).toMatchObject({ value: 'yes' });
    expect(truthOf(childOf(root, 'on'))).toBe(true);
    expect(truthOf(childOf(root, 'mode'))).toBeUndefined();
    expect(textOf(childOf(root, 'nothing'))).toBeUndefined();
  });

  it('follows aliases and merge keys, which never hide an own key', () => {
    const root = first('base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nagain: *b\n');
    expect(entriesOf(childOf(root, 'use')).map((entry) => [entry.key, textOf(entry.value), entry.keyLine])).toEqual([
      ['y', '3', 4],
      ['x', '1', 1],
    ]);
    expect(entryOf(root, 'use')?.value.endLine).toBe(4);
    expect(childOf(childOf(root, 'again'), 'x')).toMatchObject({ value: 1 });
    expect(spanOf(entryOf(root, 'again')!)).toEqual({ line: 5, endLine: 5 });
  });

  it('leaves out an alias that would multiply the file beyond its limit, and one that contains itself', () => {
    const bomb = ['a: &a [1,1,1,1,1,1,1,1,1]'];
    for (let level = 1; level < 12; level++) {
      const [name, inner] = ['abcdefghijkl'[level], 'abcdefghijkl'[level - 1]];
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${inner}`).join(',')}]`);
    }
    const file = parseYaml(bomb.join('\n'));
    expect(file.unparsedLines.length).toBeGreaterThan(0);
    const count = (node: unknown): number => itemsOf(node as never).reduce((sum, item) => sum + count(item), 1);
    const total = entriesOf(file.documents[0]?.root).reduce((sum, entry) => sum + count(entry.value), 0);
    expect(total).toBeLessThanOrEqual(1_000_000);
    expect(parseYaml('a: &a [*a]').unparsedLines).toEqual([1]);
    expect(parseYaml('a: *missing\nb: 1').unparsedLines).toEqual([1]);
  });

  it.each([
    ['[', '[', ']'],
    ['dashes', '- ', ''],
    ['braces', '{a: ', '}'],
  ])('refuses 10,000 levels of %s instead of exhausting the stack', (_, open, close) => {
    const file = parseYaml(`a: 1\n---\n${open.repeat(10_000)}1${close.repeat(10_000)}`);
    expect(file).toEqual({ documents: [], unparsedLines: [3] });
  });

  it('keeps what it understood around an error and says its line', () => {
    const file = parseYaml('a: 1\nb: [1, 2\nc: 3\n');
    expect(childOf(file.documents[0]?.root, 'a')).toMatchObject({ value: 1 });
    expect(file.unparsedLines.length).toBeGreaterThan(0);
    const tabbed = parseYaml('a: 1\n\tb: 2\nc: 3\n');
    expect(tabbed.unparsedLines).toContain(2);
    expect(childOf(tabbed.documents[0]?.root, 'a')).toMatchObject({ value: 1 });
  });

  it.each([
    ['a:\n  b: "x\n  y\n  z"\n  c: 1\n', { b: 'x y z', c: '1' }, [2, 5]],
    ["a:\n  b: 'it''s\n  y'\n  c: 1\n", { b: "it's y", c: '1' }, [2, 4]],
  ])('reads quoted text whose next lines begin too far left, as other readers do: %j', (text, values, lines) => {
    const file = parseYaml(text);
    const entries = entriesOf(childOf(file.documents[0]?.root, 'a'));
    expect(file.unparsedLines).toEqual([]);
    expect(Object.fromEntries(entries.map((entry) => [entry.key, textOf(entry.value)]))).toEqual(values);
    expect(entries.map((entry) => entry.keyLine)).toEqual(lines);
  });

  it('reads such text in a flow list too, and gives up on one that is never closed', () => {
    const file = parseYaml('k: ["{%\nif a\n%}b{% endif %}"]\nd: 2\n');
    expect(textsOf(childOf(file.documents[0]?.root, 'k'))).toEqual(['{% if a %}b{% endif %}']);
    expect(childOf(file.documents[0]?.root, 'd')?.line).toBe(4);
    expect(parseYaml('a: 1\nb: "x\n').unparsedLines.length).toBeGreaterThan(0);
  });

  it('names a key that unquoted Jinja turned into a collection by its source', () => {
    expect(entriesOf(first('{{ name }}: 1\n'))[0]?.key).toContain('name');
  });

  it('finds the line of an offset in a literal block and gives the whole range of a folded one', () => {
    const root = first('run: |\n  one\n\n  three\nfold: >\n  a\n  b\n');
    const run = childOf(root, 'run') as YamlScalar;
    expect(spanInScalar(run, run.text.indexOf('three'))).toEqual({ line: 4, endLine: 4 });
    expect(spanInScalar(run, 0)).toEqual({ line: 2, endLine: 2 });
    expect(spanInScalar(childOf(root, 'fold') as YamlScalar, 2)).toEqual({ line: 5, endLine: 7 });
  });

  it('never throws and keeps every place inside the text', () => {
    const pieces = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '*x',
      '&x ',
      '|',
      '>',
      '"',
      "'",
      '!vault ',
      '#',
      '---\n',
      '\t',
      '? ',
      '<<',
      '{{ v }}',
      '\r\n',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
        (text) => {
          const lines = text.split('\n').length;
          const check = (node: { line: number; endLine: number } | undefined): void => {
            if (node === undefined) return;
            expect(node.line).toBeGreaterThanOrEqual(1);
            expect(node.endLine).toBeGreaterThanOrEqual(node.line);
            expect(node.endLine).toBeLessThanOrEqual(lines);
            for (const entry of entriesOf(node as never)) check(entry.value);
            for (const item of itemsOf(node as never)) check(item);
          };
          for (const { root } of parseYaml(text).documents) check(root);
        },
      ),
      { numRuns: 500 },
    );
  });
});

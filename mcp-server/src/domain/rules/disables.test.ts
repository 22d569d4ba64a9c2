import { describe, expect, it } from 'vitest';
import { outline } from '../artifact/markdown.ts';
import { type Disable, Disables } from './disables.ts';

const disables = (...texts: string[]) =>
  new Disables(texts.map((text, at) => ({ path: `${at + 1}.md`, doc: outline(text) })));
const comments = (text: string) => disables(text).comments;
const MARK = 'countersign-disable-next-line';

describe('a comment that disables', () => {
  it.each<[string, Pick<Disable, 'rule' | 'reason'> | undefined]>([
    [`<!-- ${MARK} a-1: b -->`, { rule: 'a-1', reason: 'b' }],
    [`<!--${MARK} a:b: c-->`, { rule: 'a', reason: 'b: c' }],
    [`<!--   ${MARK}   a   :   b   -->`, { rule: 'a', reason: 'b' }],
    [`text <!-- ${MARK} a b --> text`, { rule: 'a', reason: 'b' }],
    [`<!-- ${MARK} a: b`, { rule: 'a', reason: 'b' }],
    [`<!-- ${MARK} a -->`, { rule: 'a', reason: '' }],
    [`<!-- ${MARK} a: -->`, { rule: 'a', reason: '' }],
    [`<!-- ${MARK} -->`, { rule: '', reason: '' }],
    [`<!-- ${MARK}: why -->`, { rule: '', reason: 'why' }],
    [`<!-- ${MARK} Upper: b -->`, { rule: '', reason: 'Upper: b' }],
    [`--> <!-- ${MARK} a: b -->`, { rule: 'a', reason: 'b' }],
    [`${MARK} a: b -->`, undefined],
    [`<!-- see ${MARK} a: b -->`, undefined],
    ['<!-- countersign-disable a: b -->', undefined],
  ])('is read from %j', (line, expected) => {
    expect(comments(`x\n${line}\ny\n`)).toEqual(
      expected === undefined ? [] : [{ path: '1.md', line: 2, target: 3, ...expected }],
    );
  });

  it.each<[string, number[]]>([
    [`\`\`\`\n<!-- ${MARK} a: b -->\n\`\`\`\n`, []],
    [`   ~~~~ sh\n<!-- ${MARK} a: b -->\n~~~\n\`\`\`\`\n<!-- ${MARK} a: b -->\n   ~~~~~\n<!-- ${MARK} a: b -->\n`, [7]],
    [`    \`\`\`\n<!-- ${MARK} a: b -->\n`, [2]],
    [`\`\`\n<!-- ${MARK} a: b -->\n`, [2]],
    [`x \`\`\`\n<!-- ${MARK} a: b -->\n`, [2]],
  ])('does nothing in fenced code: %j', (text, lines) => {
    expect(comments(text).map(({ line }) => line)).toEqual(lines);
  });

  it.each(['\n', '\r\n', '\r'])(
    'is told with the next line that is neither blank nor another one, at line end %j',
    (end) => {
      const one = `<!-- ${MARK} a: b -->`;
      const text = [one, '', one, ' \t', 'covered', one, 'too', one, ''].join(end);
      const expected = [1, 3, 6, 8].map((line, at) => ({
        path: '1.md',
        line,
        target: [5, 5, 7, 0][at],
        rule: 'a',
        reason: 'b',
      }));
      expect(comments(text)).toEqual(expected);
    },
  );
});

describe('what comments cover', () => {
  const finding = (path: string, line: number, rule: string) =>
    ({ path, line, rule, severity: 'error', message: '', fix: '' }) as const;
  const covered = (all: Disables, path: string, rule: string, most: number) =>
    Array.from({ length: most }, (_, at) => at + 1).filter((line) => all.covers(finding(path, line, rule)));

  it('is one rule in one line of one artifact', () => {
    const all = disables(`<!-- ${MARK} a: b -->\nx\ny\n`, `x\n<!-- ${MARK} c: d -->\n\nx\n`, 'x\ny\n');
    expect(covered(all, '1.md', 'a', 5)).toEqual([2]);
    expect(covered(all, '2.md', 'c', 5)).toEqual([4]);
    expect([...covered(all, '1.md', 'c', 5), ...covered(all, '2.md', 'a', 5), ...covered(all, '3.md', 'a', 5)]).toEqual(
      [],
    );
  });

  it('is nothing where the comment gives no reason or stands last', () => {
    expect(covered(disables(`<!-- ${MARK} a -->\nx\n`), '1.md', 'a', 3)).toEqual([]);
    expect(covered(disables(`x\n<!-- ${MARK} a: b -->\n`), '1.md', 'a', 3)).toEqual([]);
  });

  it('is every row of a table, which ends at the first line that is none', () => {
    const table = '|a|\n   |-|\n|1|\n|2|\n';
    expect(covered(disables(`<!-- ${MARK} a: b -->\n${table}x\n|3|\n`), '1.md', 'a', 9)).toEqual([2, 3, 4, 5]);
    expect(covered(disables(`${table}\n<!-- ${MARK} a: b -->\n${table}`), '1.md', 'a', 12)).toEqual([7, 8, 9, 10]);
    expect(covered(disables(`|a|\n|-|\n<!-- ${MARK} a: b -->\n|1|\n|2|\n`), '1.md', 'a', 9)).toEqual([4, 5]);
    expect(covered(disables(`<!-- ${MARK} a: b -->\n    |a|\n    |b|\n`), '1.md', 'a', 9)).toEqual([2]);
  });

  it('has one key for a finding and the comment that covers it', () => {
    const all = disables(`<!-- ${MARK} a: b -->\n|a|\n|-|\n|1|\n`);
    expect([1, 2, 3, 4, 5].map((line) => all.key('1.md', line, 'a'))).toEqual([
      '1.md\n1\na',
      '1.md\n2\na',
      '1.md\n2\na',
      '1.md\n2\na',
      '1.md\n5\na',
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { keyLine, readFrontMatter } from './front-matter.ts';
import { outline } from './markdown.ts';

const schema = z.strictObject({
  title: z.string().min(1),
  refs: z.array(z.string()).default([]),
});

const read = (source: string) => readFrontMatter(outline(source), 'x.md', 'design/1', schema);
const withKeys = (...keys: string[]) => ['---', 'countersign: design/1', ...keys, '---', '', '# T', ''].join('\n');
const problems = (source: string) => {
  const { value, findings } = read(source);
  expect(value).toBeUndefined();
  for (const one of findings) expect(one).toMatchObject({ rule: 'front-matter', severity: 'error', path: 'x.md' });
  return findings.map(({ line, message }) => [line, message]);
};

describe('the front matter', () => {
  it.each(['\n', '\r\n'])('[R-ART-1] is read against its schema, with line ends %j', (end) => {
    expect(read(withKeys('title: A', 'refs: [CHG0041]').replaceAll('\n', end))).toEqual({
      value: { title: 'A', refs: ['CHG0041'] },
      findings: [],
    });
  });

  it('[R-ART-1] is read behind a byte order mark', () => {
    expect(read(`\ufeff${withKeys('title: A')}`).value).toEqual({ title: 'A', refs: [] });
  });

  it('[R-ART-5] that is not there is one finding that shows how to start', () => {
    expect(read('# T\n').findings).toEqual([
      {
        rule: 'front-matter',
        severity: 'error',
        path: 'x.md',
        line: 1,
        message: 'there is no front matter',
        fix: 'start the file with:\n---\ncountersign: design/1',
      },
    ]);
    expect(problems('\n---\ncountersign: design/1\n---\n')).toEqual([[1, 'there is no front matter']]);
  });

  it('[R-ART-1] has countersign with the kind as its first key', () => {
    const first = [2, 'its first key is not countersign: design/1'];
    expect(problems('---\ntitle: A\ncountersign: design/1\n---\n')).toEqual([first]);
    expect(problems('---\ncountersign: design/2\ntitle: A\n---\n')).toEqual([first]);
    expect(problems('---\ntitle: A\n---\n')).toEqual([first]);
    expect(problems('---\n---\n')).toEqual([first]);
    expect(problems('---\njust text\n---\n')).toEqual([first]);
    expect(problems('---\n- countersign\n---\n')).toEqual([first]);
  });

  it('[R-ART-5] with a wrong value says where and what', () => {
    const [first, second] = problems(withKeys('refs:', '  - a', '  - 7', 'title: ""'));
    expect([first, second].sort()).toEqual([
      [3, expect.stringMatching(/^refs\.1: /)],
      [6, expect.stringMatching(/^title: /)],
    ]);
    expect(problems(withKeys('refs: []'))).toEqual([[2, expect.stringMatching(/^title: /)]]);
  });

  it('[R-ART-5] names every unknown key with its line', () => {
    expect(problems(withKeys('title: A', 'titel: B', 'ref: c'))).toEqual([
      [4, 'unknown key titel'],
      [5, 'unknown key ref'],
    ]);
  });

  it('[R-ART-5] that is no YAML is one finding on one line', () => {
    const [found, ...more] = read(withKeys('title: A', 'refs: [a', 'x: "')).findings;
    expect(more).toEqual([]);
    expect(found?.message).toMatch(/^front matter: /);
    expect(found?.message).not.toContain('\n');
    expect(found?.line).toBeGreaterThan(3);
    expect(found?.fix).toBe('write valid YAML');
    expect(problems(withKeys('title: A', 'title: B'))).toEqual([[4, expect.stringMatching(/^front matter: /)]]);
  });

  it('[R-ART-5] does not expand aliases without end', () => {
    const bomb = ['a: &a [x, x, x, x]', 'b: &b [*a, *a, *a, *a]', 'c: &c [*b, *b, *b, *b]', 'title: A'];
    const { findings } = read(withKeys(...bomb));
    expect(findings).toMatchObject([{ line: 2, fix: 'write it without aliases' }]);
    expect(problems(withKeys('title: *nothing'))).toHaveLength(1);
  });

  it('[R-ART-5] is a value or findings, for any text', () => {
    const part = fc.constantFrom(
      'countersign: design/1',
      'title',
      ': ',
      '\n',
      '- ',
      '{',
      '}',
      '[',
      '&a ',
      '*a',
      '"',
      '#',
      '? ',
      '\t',
      '!!str ',
      '__proto__',
      '<<',
      'null',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const { value, findings } = read(`---\n${parts.join('')}\n---\n`);
        expect(value === undefined).toBe(findings.length > 0);
        for (const one of findings) expect(one.line).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it('tells the line of a key', () => {
    const doc = outline(withKeys('title: A', 'refs: []'));
    expect(['title', 'refs', 'countersign', 'none'].map((key) => keyLine(doc, key))).toEqual([3, 4, 2, 2]);
    expect(keyLine(outline('# T'), 'title')).toBe(1);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandGlob } from './expand-glob.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-glob-'));
  for (const folder of ['a/ledger', 'b/ledger', '.hidden']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['a/x.json', 'a/y.json', 'b/x.md', '.hidden/z']) writeFileSync(join(root, file), '');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const expand = (pattern: string) =>
  expandGlob(join(root, pattern))
    ?.map((path) => path.slice(root.length + 1))
    .sort();

describe('expanding a shell pattern', () => {
  it.each([
    ['*', ['a', 'b']],
    ['*/led*', ['a/ledger', 'b/ledger']],
    ['[ab]/x.*', ['a/x.json', 'b/x.md']],
    ['[!a]/x.*', ['b/x.md']],
    ['[a-a]/?.json', ['a/x.json', 'a/y.json']],
    ['.hid*/z', ['.hidden/z']],
    ['a/*x*.j*n', ['a/x.json']],
    ['none/*.json', ['none/*.json']],
  ])('%s', (pattern, expected) => {
    expect(expand(pattern)).toEqual(expected);
  });

  it('gives up on too many', () => {
    const many = join(root, 'many');
    mkdirSync(many);
    for (let at = 0; at <= 2000; at++) writeFileSync(join(many, String(at)), '');
    expect(expandGlob(join(many, '*'))).toBeUndefined();
  });
});

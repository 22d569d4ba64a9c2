import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetFile } from '../../app/ports/extraction.ts';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';
import { extractionCache } from './cache.ts';
import { forgetOthers } from './forget.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-cache-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const saying = (reason: 'unparsed' | 'binary', path = 'a'): FormatExtraction[] => [
  { format: 'x', extraction: { facts: [], references: [], couplings: [], gaps: [], skipped: [{ path, reason }] } },
];
const met = (path: string, digest = 'd1', more: Partial<MetFile> = {}): MetFile => ({
  path,
  digest,
  taken: true,
  origin: digest,
  ...more,
});

/** A run that met these files, and what it said of some. */
function keep(files: readonly MetFile[], fresh: Record<string, FormatExtraction[]>, version = '1') {
  const cache = extractionCache(folder, version, '/root');
  cache.met();
  cache.keep(files, new Map(Object.entries(fresh)));
}

/** What the next run finds. */
function kept(version = '1') {
  const cache = extractionCache(folder, version, '/root');
  const files = [...cache.met().values()];
  return { files, said: Object.fromEntries(files.map(({ path }) => [path, cache.said(path)])) };
}

const pathOf = (ending: string) => join(folder, readdirSync(folder).find((name) => name.endsWith(ending)) as string);
const many = Array.from({ length: 200 }, (_, n) => met(`f${n}`));
const saidOfMany = Object.fromEntries(many.map(({ path }) => [path, saying('unparsed', path)]));

describe('the cache', () => {
  it('finds the files of the last run again with what was said of them, for the same folder and version alone', () => {
    const files = [
      met('a'),
      met('b', 'd2', { origin: 'd1' }),
      met('c', 'd3', { taken: false }),
      met('d', 'd4', { taken: false, skipped: { path: 'd', reason: 'binary' } }),
    ];
    keep(files, { a: saying('unparsed'), b: saying('binary') });
    expect(kept()).toEqual({ files, said: { a: saying('unparsed'), b: saying('binary') } });
    expect(kept('2').files).toEqual([]);
    expect([...extractionCache(folder, '1', '/other').met()]).toEqual([]);
  });

  it('carries along what did not change, beside what did, until that is much', () => {
    keep(many, saidOfMany);
    const large = readFileSync(pathOf('.pack'));
    const expected = { ...saidOfMany };
    for (const n of [3, 4, 150, 3]) {
      expected[`f${n}`] = saying('binary', `f${n} at ${Object.keys(expected).length}`);
      keep(many, { [`f${n}`]: expected[`f${n}`] as FormatExtraction[] });
      expect(kept().said).toEqual(expected);
      expect(readFileSync(pathOf('.pack')).equals(large)).toBe(true);
    }
    const others = Object.fromEntries(many.slice(0, 30).map(({ path }) => [path, saying('binary', path)]));
    keep(many, others);
    expect(kept().said).toEqual({ ...expected, ...others });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('keeps two files a folder at most, for their owner alone, and nothing of what is gone', () => {
    keep(many, saidOfMany);
    keep(many.slice(1), { f5: saying('binary') });
    expect(Object.keys(kept().said)).toHaveLength(199);
    expect(readdirSync(folder)).toHaveLength(2);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('believes no changes that were written beside another pack', () => {
    keep(many, saidOfMany);
    keep(many, { f5: saying('binary') });
    const changes = readFileSync(pathOf('.changed'));
    const [changed] = [pathOf('.changed')];
    keep(many.slice(0, 100), Object.fromEntries(many.slice(0, 100).map(({ path }) => [path, saying('binary', path)])));
    writeFileSync(changed, changes);
    expect(kept().files).toHaveLength(100);
    expect(kept().said['f7']).toEqual(saying('binary', 'f7'));
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -5)],
    ['emptied', () => Buffer.alloc(0)],
    ['altered in its index', (bytes: Buffer) => Buffer.from(bytes.toString().replace(/\[0,/, '[1,'))],
    ['altered in the list of its files', (bytes: Buffer) => Buffer.from(bytes.toString().replace('"d1"', '"d2"'))],
    ['replaced by other text', () => Buffer.from('x'.repeat(200))],
    ['made to point far away', (bytes: Buffer) => Buffer.from(bytes.toString().replace(/0{20}/, '9'.repeat(20)))],
  ])('knows nothing when its file is %s, and keeps again', (_how, damage) => {
    keep([met('a')], { a: saying('unparsed') });
    writeFileSync(pathOf('.pack'), damage(readFileSync(pathOf('.pack'))));
    expect(kept().files.flatMap(({ path }) => kept().said[path] ?? [])).toEqual([]);
    keep([met('a')], { a: saying('unparsed') });
    expect(kept().said).toEqual({ a: saying('unparsed') });
  });

  it('says nothing of a file where what was said is damaged', () => {
    keep([met('a')], { a: saying('unparsed') });
    writeFileSync(pathOf('.pack'), readFileSync(pathOf('.pack')).toString().replace('unparsed', 'binary!!'));
    expect(kept()).toEqual({ files: [met('a')], said: { a: undefined } });
  });

  it('carries nothing along that is damaged', () => {
    keep(many, saidOfMany);
    const text = readFileSync(pathOf('.pack')).toString();
    writeFileSync(pathOf('.pack'), text.replace('"path":"f3"', '"path":"x3"'));
    // A third of the files changed, so that all are written anew; the first block, of 64 files, cannot be read.
    keep(many, Object.fromEntries(many.slice(130).map(({ path }) => [path, saying('binary', path)])));
    expect(kept().files.map(({ path }) => path)).toEqual(many.slice(64).map(({ path }) => path));
    expect(kept().said['f64']).toEqual(saying('unparsed', 'f64'));
  });

  it('keeps nothing and fails nothing where it cannot write', () => {
    const cache = extractionCache('/dev/null/nowhere', '1', '/root');
    cache.keep([met('a')], new Map([['a', saying('unparsed')]]));
    expect([...cache.met()]).toEqual([]);
  });

  it('lets go of the folders that were read longest ago, and of other versions', () => {
    for (let n = 0; n < 33; n++) {
      extractionCache(folder, '1', `/root-${n}`).keep([met('a')], new Map([['a', saying('unparsed')]]));
    }
    expect(readdirSync(folder)).toHaveLength(30);
    forgetOthers(folder, readdirSync(folder)[0] as string);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

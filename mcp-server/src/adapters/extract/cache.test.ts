import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';
import { sha256 } from '../../domain/hash.ts';
import { extractionCache } from './cache.ts';
import { forgetOthers } from './forget.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-cache-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const said: FormatExtraction[] = [
  {
    format: 'x',
    extraction: { facts: [], references: [], couplings: [], gaps: [], skipped: [{ path: 'a', reason: 'unparsed' }] },
  },
];

/** Takes longer than what is not worth keeping, and counts. */
function slowly() {
  let calls = 0;
  return {
    extract: () => {
      calls++;
      const until = performance.now() + 2;
      while (performance.now() < until);
      return said;
    },
    calls: () => calls,
  };
}

/** One run over some files, as an extraction makes it. */
function run(work: ReturnType<typeof slowly>, files: readonly { path: string; text: string }[], version = '1') {
  const cache = extractionCache(folder, version, '/root');
  const all = files.map((file) => cache.through(hashOf(file), work.extract));
  cache.done();
  return all;
}

const hashOf = ({ path, text }: { path: string; text: string }) => sha256(`${path}\0${text}`);
const packs = () => readdirSync(folder).filter((name) => name.endsWith('.pack'));
const [a, b] = [
  { path: 'a', text: 't' },
  { path: 'b', text: 't' },
];

describe('the cache', () => {
  it('computes the same content once, and anew for another path, text or version', () => {
    const work = slowly();
    expect(run(work, [a])).toEqual([said]);
    expect(run(work, [a])).toEqual([said]);
    expect(work.calls()).toBe(1);
    run(work, [a, b]);
    run(work, [a, b]);
    expect(work.calls()).toBe(2);
    run(work, [{ path: 'a', text: 'u' }]);
    expect(work.calls()).toBe(3);
    run(work, [a], '2');
    expect(work.calls()).toBe(4);
  });

  it('keeps one file a folder, for its owner alone, and nothing of what is gone', () => {
    const work = slowly();
    run(work, [a, b]);
    const size = () => statSync(join(folder, packs()[0] as string)).size;
    const both = size();
    run(work, [{ path: 'a', text: 'new' }]);
    expect(packs()).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(size()).toBeLessThan(both);
    expect(statSync(join(folder, packs()[0] as string)).mode & 0o077).toBe(0);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -5)],
    ['emptied', () => Buffer.alloc(0)],
    ['altered in an entry', (bytes: Buffer) => Buffer.from(bytes.toString().replace('unparsed', 'binary!!'))],
    ['altered in its index', (bytes: Buffer) => Buffer.from(bytes.toString().replace(/\[0,/, '[1,'))],
    ['replaced by other text', () => Buffer.from('x'.repeat(200))],
    ['made to point far away', (bytes: Buffer) => Buffer.from(bytes.toString().replace(/0{20}/, '9'.repeat(20)))],
  ])('computes again when its file is %s', (_how, damage) => {
    const work = slowly();
    run(work, [a]);
    const path = join(folder, packs()[0] as string);
    writeFileSync(path, damage(readFileSync(path)));
    expect(run(work, [a])).toEqual([said]);
    expect(work.calls()).toBe(2);
    run(work, [a]);
    expect(work.calls()).toBe(2);
  });

  it('keeps nothing and fails nothing where it cannot write', () => {
    const work = slowly();
    const cache = extractionCache('/dev/null/nowhere', '1', '/root');
    expect(cache.through(hashOf(a), work.extract)).toEqual(said);
    cache.done();
  });

  it('does not keep what is extracted faster than it would be read', () => {
    const cache = extractionCache(folder, '1', '/root');
    cache.through(hashOf(a), () => said);
    cache.done();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets go of the folders that were read longest ago, and of other versions', () => {
    for (let n = 0; n < 33; n++) {
      const cache = extractionCache(folder, '1', `/root-${n}`);
      cache.through(hashOf(a), slowly().extract);
      cache.done();
    }
    expect(packs()).toHaveLength(30);
    forgetOthers(folder, packs()[0] as string);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';
import { extractionCache } from './cache.ts';

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

const entries = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the cache', () => {
  it('computes the same content once, and anew for another path, text or version', () => {
    const work = slowly();
    const cache = extractionCache(folder, '1');
    expect(cache.through({ path: 'a', text: 't' }, work.extract)).toEqual(said);
    expect(cache.through({ path: 'a', text: 't' }, work.extract)).toEqual(said);
    expect(work.calls()).toBe(1);
    cache.through({ path: 'b', text: 't' }, work.extract);
    cache.through({ path: 'a', text: 'u' }, work.extract);
    extractionCache(folder, '2').through({ path: 'a', text: 't' }, work.extract);
    expect(work.calls()).toBe(4);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -5)],
    ['emptied', () => ''],
    ['altered', (text: string) => text.replace('unparsed', 'binary')],
    ['replaced by other JSON', () => '{}'],
  ])('computes again when an entry is %s', (_how, damage) => {
    const work = slowly();
    const cache = extractionCache(folder, '1');
    cache.through({ path: 'a', text: 't' }, work.extract);
    const [entry] = entries();
    writeFileSync(entry as string, damage(readFileSync(entry as string, 'utf8')));
    expect(cache.through({ path: 'a', text: 't' }, work.extract)).toEqual(said);
    expect(work.calls()).toBe(2);
  });

  it('keeps nothing and fails nothing where it cannot write', () => {
    const work = slowly();
    const cache = extractionCache('/dev/null/nowhere', '1');
    expect(cache.through({ path: 'a', text: 't' }, work.extract)).toEqual(said);
  });

  it('does not keep what is extracted faster than it would be read', () => {
    extractionCache(folder, '1').through({ path: 'a', text: 't' }, () => said);
    expect(entries()).toEqual([]);
  });
});

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractionCache } from '../../mcp-server/src/adapters/extract/cache.ts';
import { keptReport } from '../../mcp-server/src/adapters/extract/kept-report.ts';
import { sourceTree } from '../../mcp-server/src/adapters/extract/walk.ts';
import { extractors } from '../../mcp-server/src/adapters/extractors/catalogue.ts';
import { extract, extraction } from '../../mcp-server/src/app/extract.ts';
import { looksLikeRuns } from '../../mcp-server/src/domain/runs/read/marks.ts';
import { extractFolder, fixtures } from './fixtures.ts';

const bytes = JSON.stringify(await extractFolder(fixtures));

function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-extract-'));
  return use(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** Copies with the last names first, so that the file system lists them in another order. */
function copyBackwards(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true }).reverse())
    if (entry.isDirectory()) copyBackwards(join(from, entry.name), join(to, entry.name));
    else cpSync(join(from, entry.name), join(to, entry.name));
}

describe('the same files', () => {
  it('give the same bytes from another folder and in another order', () =>
    withFolder(async (folder) => {
      copyBackwards(fixtures, join(folder, 'a folder'));
      expect(JSON.stringify(await extractFolder(join(folder, 'a folder')))).toBe(bytes);
    }));

  it('give the same bytes with a cache that is empty, full or damaged', () =>
    withFolder(async (folder) => {
      const run = async () => {
        const ports = { tree: sourceTree, extractors, cache: extractionCache(folder, '1', fixtures) };
        expect(JSON.stringify(await extract(ports, fixtures))).toBe(bytes);
      };
      await run();
      await run();
      const [pack] = readdirSync(folder).map((name) => join(folder, name));
      const whole = readFileSync(pack as string);
      const [said, list] = [
        [100, whole.length / 2],
        [whole.length - 9000, whole.length],
      ] as const;
      for (const [from, to] of [said, list]) {
        const damaged = Buffer.from(whole);
        for (let at = from; at < to; at += 4000) damaged[at] = 0;
        writeFileSync(pack as string, damaged);
        await run();
      }
    }));

  it('give the same bytes when the whole answer is kept, found, and overtaken by a change', () =>
    withFolder(async (folder) => {
      const [tree, kept] = [join(folder, 'tree'), join(folder, 'kept')];
      cpSync(fixtures, tree, { recursive: true, verbatimSymlinks: true });
      let extracted = 0;
      const counting = extractors.map((one) => ({
        ...one,
        extract: (file: Parameters<typeof one.extract>[0]) => {
          extracted++;
          return one.extract(file);
        },
      }));
      const run = async () => {
        extracted = 0;
        const cache = extractionCache(kept, '1', tree);
        const ports = { tree: sourceTree, extractors: counting, cache, reports: keptReport(kept, '1', tree) };
        const found = await extraction(ports, tree);
        const json = Buffer.concat([...found.json()].map((piece) => Buffer.from(piece))).toString();
        expect(JSON.stringify(found.report())).toBe(json);
        return json;
      };
      const before = await run();
      const reports = () => readdirSync(kept).filter((name) => name.endsWith('.report'));
      expect(reports(), 'transcripts are read piece by piece and end in no hash').toEqual([]);
      rmSync(join(tree, 'agent-runs'), { recursive: true });
      const first = await run();
      expect(first).not.toBe(before);
      expect(extracted, 'what was said of each file is kept').toBe(0);
      expect(await run()).toBe(first);
      writeFileSync(join(tree, 'another.tf'), 'variable "brand_new" {}');
      expect(await run()).toContain('brand_new');
      expect(extracted).toBe(1);
      const answer = readFileSync(join(kept, reports()[0] as string), 'utf8');
      writeFileSync(join(tree, 'another.tf'), 'variable "brand_new" {}\n# A remark.\n');
      expect(await run()).toContain('brand_new');
      expect(extracted).toBe(1);
      expect(readFileSync(join(kept, reports()[0] as string), 'utf8'), 'nothing new was said').toBe(answer);
      await run();
      expect(extracted).toBe(0);
      rmSync(join(tree, 'another.tf'));
      expect(await run()).toBe(first);
      expect(extracted).toBe(0);
    }));

  it('give the same bytes whatever order the tree hands them out in', async () => {
    const entries: Parameters<typeof shuffled>[0] = [];
    for await (const entry of sourceTree.walk(fixtures, {
      maxFileSize: 1e6,
      wants: () => true,
      streams: looksLikeRuns,
    }))
      entries.push(entry);
    expect(JSON.stringify(await extract({ tree: shuffled(entries.reverse()), extractors }, fixtures))).toBe(bytes);
  });
});

function shuffled(entries: import('../../mcp-server/src/app/ports/extraction.ts').TreeEntry[]) {
  return {
    async *walk() {
      yield* entries;
    },
  };
}

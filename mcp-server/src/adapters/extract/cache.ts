import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ExtractionCache } from '../../app/extract-ports.ts';
import type { SourceFile } from '../../domain/extract/contract.ts';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';
import { sha256 } from '../../domain/hash.ts';
import { openPack, type Place, startPack } from './pack.ts';

// Reading an entry back takes about this long: what is extracted faster is not worth keeping.
const worthKeepingMs = 0.2;
/** Folders whose extractions are kept; the ones used longest ago go. */
const mostPacks = 30;

/**
 * Keeps what was said of a folder's files, each by the SHA-256 of version, path and text, in one file a folder: thousands
 * of small ones cost more than extracting anew. An entry carries the hash of its bytes: one that is damaged, cut off or
 * missing is computed again. Where the folder cannot be written, nothing is kept.
 *
 * @param root the folder that is extracted
 * @param version says which extractors made the entries; another version shares none of them.
 */
export function extractionCache(folder: string, version: string, root: string): ExtractionCache {
  const path = join(folder, `${sha256(root).slice(0, 32)}.pack`);
  const kept = openPack(path);
  const used = new Map<string, Place>();
  const fresh = startPack(path);
  return {
    through(file, extract) {
      const key = keyOf(file, version);
      const place = kept.find(key);
      const known = place === undefined ? undefined : read(kept.read(place));
      if (place !== undefined && known !== undefined) {
        used.set(key, place);
        return known;
      }
      const start = performance.now();
      const made = extract();
      if (performance.now() - start >= worthKeepingMs) fresh.add(key, JSON.stringify(made));
      return made;
    },
    done() {
      // What was not met this time has changed or gone; it is carried along only while nothing is written.
      if (fresh.count() > 0) fresh.finish(kept, used);
      kept.close();
      if (fresh.count() > 0) forgetOldest(folder);
    },
  };
}

/** Removes what other versions kept in this folder, which nothing reads any more. */
export function forgetOthers(folder: string, version: string): void {
  for (const name of namesIn(folder)) if (name !== version) remove(join(folder, name));
}

function forgetOldest(folder: string): void {
  const names = namesIn(folder).filter((name) => name.endsWith('.pack'));
  if (names.length <= mostPacks) return;
  const byAge = names.map((name) => ({ path: join(folder, name), at: writtenAt(join(folder, name)) }));
  byAge.sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(mostPacks)) remove(path);
}

function keyOf({ path, text }: SourceFile, version: string): string {
  return sha256(`${version}\0${path}\0${text}`);
}

function read(text: string | undefined): FormatExtraction[] | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as FormatExtraction[];
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is nothing yet, or nothing that may be read.
    return [];
  }
}

function writtenAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It may not be removed, or someone else removes it just now.
  }
}

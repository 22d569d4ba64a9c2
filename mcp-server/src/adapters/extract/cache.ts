import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ExtractionCache } from '../../app/extract-ports.ts';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';
import { sha256 } from '../../domain/hash.ts';
import { forgetOldest } from './forget.ts';
import { openPack, type Place, startPack } from './pack.ts';

// Reading an entry back takes less than this, and a program that just started extracts few files faster.
const worthKeepingMs = 0.05;
/** Folders whose extractions are kept; the ones used longest ago go. */
const mostPacks = 30;
const ending = '.pack';

/**
 * Keeps what was said of a folder's files, each by the hash of its path and text, in one file a folder: thousands
 * of small ones cost more than extracting anew. An entry carries the hash of its bytes: one that is damaged, cut off or
 * missing is computed again. Where the folder cannot be written, nothing is kept.
 *
 * @param root the folder that is extracted
 * @param version says which extractors made the entries; another version shares none of them.
 */
export function extractionCache(folder: string, version: string, root: string): ExtractionCache {
  const path = join(folder, `${sha256(`${version}\0${root}`).slice(0, 32)}${ending}`);
  let kept: ReturnType<typeof openPack> | undefined;
  const used = new Map<string, Place>();
  const fresh = startPack(path);
  return {
    through(key, extract) {
      kept ??= openPack(path);
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
      if (kept !== undefined && fresh.count() > 0) fresh.finish(kept, used);
      kept?.close();
      if (fresh.count() > 0) forgetOldest(folder, ending, mostPacks);
    },
  };
}

function read(text: string | undefined): FormatExtraction[] | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as FormatExtraction[];
  } catch {
    return undefined;
  }
}

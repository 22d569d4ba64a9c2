import type { Extractor, Skipped } from '../domain/extract/contract.ts';
import { extractBy, extractFile, type FormatExtraction, takersOf } from '../domain/extract/extract-file.ts';
import { byCodeUnits } from '../domain/extract/order.ts';
import { sha256 } from '../domain/hash.ts';
import { looksLikeRuns } from '../domain/runs/read/marks.ts';
import type { ExtractPorts, MetFile, TreeEntry, WalkOptions } from './ports/extraction.ts';

/** Files above this are skipped unread unless the caller says otherwise: 2 MiB. */
const defaultMaxFileSize = 2 * 1024 * 1024;

export interface ExtractOptions {
  /** Bytes; files above are skipped. */
  maxFileSize?: number;
  /** Told after every file that was read. */
  onProgress?(progress: { files: number; path: string }): void;
}

export type Stream = Extract<TreeEntry, { kind: 'stream' }>;

/** A tree as extraction met it. What was said of files that are as they were is not read back yet. */
export interface Met {
  files: MetFile[];
  /** What was said of those that are new or changed, by path. */
  fresh: Map<string, FormatExtraction[]>;
  skipped: Skipped[];
  links: Map<string, string>;
  streams: Stream[];
  /** Whether anything is other than what is kept. */
  moved: boolean;
}

/**
 * Walks a tree and extracts what an earlier run did not know.
 *
 * @param load gives the extractors; not called when all is as it was
 * @param known files of the earlier run, by path
 */
export async function meetTree(
  { tree, cache }: ExtractPorts,
  root: string,
  { maxFileSize, onProgress }: ExtractOptions,
  load: () => Promise<readonly Extractor[]>,
  known: ReadonlyMap<string, MetFile>,
): Promise<Met> {
  const met: Met = { files: [], fresh: new Map(), skipped: [], links: new Map(), streams: [], moved: false };
  let extractors: readonly Extractor[] = [];
  let files = 0;
  const takers = new Map<string, readonly Extractor[]>();
  const wants = (path: string, head: string) => {
    const found = takersOf(extractors, path, head);
    if (found.length > 0) takers.set(path, found);
    return found.length > 0;
  };
  const options: WalkOptions = {
    maxFileSize: maxFileSize ?? defaultMaxFileSize,
    wants,
    // What a format claims is its own; only the rest may be a transcript.
    streams: (path, head) => looksLikeRuns(path, head) && !wants(path, head),
    prepare: async () => {
      extractors = await load();
    },
    digestOf: (path) => known.get(path)?.digest,
    ...(maxFileSize === undefined ? { roomFor: (path: string, head: string) => roomFor(extractors, path, head) } : {}),
  };
  if (known.size === 0) await options.prepare?.();
  const take = (file: MetFile) => {
    met.files.push(file);
    if (file.taken) onProgress?.({ files: ++files, path: file.path });
    if (file.skipped !== undefined) met.skipped.push(file.skipped);
  };
  for await (const entry of tree.walk(root, options)) {
    if (entry.kind === 'link') met.links.set(entry.path, entry.target);
    else if (entry.kind === 'stream') met.streams.push(entry);
    else if (entry.kind === 'known') take(known.get(entry.path)!);
    else if (entry.kind === 'unwanted') take({ ...entry, taken: false, origin: entry.digest });
    else if (entry.kind === 'skipped') skip(met, entry);
    else {
      const { path, text } = entry.file;
      const digest = entry.digest ?? sha256(text);
      const before = known.get(path);
      if (before?.digest === digest) {
        take(before);
        continue;
      }
      if (extractors.length === 0) extractors = await load();
      const by = takers.get(path);
      takers.delete(path);
      const said = by === undefined ? extractFile(extractors, entry.file) : extractBy(by, entry.file);
      const isAsItWas = before?.taken === true && JSON.stringify(said) === JSON.stringify(cache?.said(path));
      if (!isAsItWas) met.fresh.set(path, said);
      take({ path, digest, taken: true, origin: isAsItWas ? before.origin : digest });
    }
  }
  met.moved = met.files.length !== known.size || met.files.some((file) => file !== known.get(file.path));
  return met;
}

/** What bytes that are known by now were skipped for is kept with their file. */
function skip(met: Met, { entry, digest }: Extract<TreeEntry, { kind: 'skipped' }>): void {
  met.skipped.push(entry);
  if (digest === undefined) return;
  const last = met.files.at(-1);
  if (last?.path === entry.path) met.files[met.files.length - 1] = { ...last, skipped: entry };
  else met.files.push({ path: entry.path, digest, taken: false, origin: digest, skipped: entry });
}

/** Of all that the answer follows from, in whatever order it came; undefined where that is not known, because files are read as streams. */
export function hashOfMet({ files, skipped, links, streams }: Met): string | undefined {
  if (streams.length > 0) return undefined;
  const all = files.flatMap(({ taken, path, origin }) => (taken ? `${origin} ${path}` : []));
  for (const entry of skipped) all.push(JSON.stringify(entry));
  for (const link of links) all.push(JSON.stringify(link));
  // A NUL is in no path.
  return sha256(all.sort(byCodeUnits).join('\0'));
}

function roomFor(extractors: readonly Extractor[], path: string, head: string): number {
  const sizes = extractors.map((one) =>
    one.maxFileSize !== undefined && one.matches(path, head) ? one.maxFileSize : 0,
  );
  return Math.max(defaultMaxFileSize, ...sizes);
}

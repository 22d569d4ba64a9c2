import type { Extractor } from '../domain/extract/contract.ts';
import { takersOf } from '../domain/extract/extract-file.ts';
import { byCodeUnits } from '../domain/extract/order.ts';
import { sha256 } from '../domain/hash.ts';
import { looksLikeRuns } from '../domain/runs/read/read-runs.ts';
import type { ExtractPorts, TreeEntry } from './extract-ports.ts';

/** Files above this are skipped unread unless the caller says otherwise: 2 MiB. */
const defaultMaxFileSize = 2 * 1024 * 1024;
/** Texts that stay in memory while it is found out whether anything changed; a larger tree is read again if it did. Characters. */
const mostRetained = 64 * 1024 * 1024;

/** An entry of the tree, for a file with the hash of its path and text. */
export interface HashedEntry {
  entry: TreeEntry;
  hash: string;
}

/** A tree as extraction reads it: what is wanted of it, by whom, and a hash of all that an answer follows from. */
export interface ReadTree {
  /** Walks it. */
  entries(): AsyncIterable<HashedEntry>;
  /** The extractors that take a file which the walk handed over. */
  takers(path: string): readonly Extractor[] | undefined;
  /** After the walk: the hash of all that came, in whatever order; undefined when it does not tell, because files are read as streams. */
  hash(): string | undefined;
}

export function readTree(ports: ExtractPorts, root: string, maxFileSize: number | undefined): ReadTree {
  const { tree, extractors } = ports;
  const takers = new Map<string, readonly Extractor[]>();
  let hashes: string[] = [];
  let streams = 0;
  const wants = (path: string, head: string) => {
    const found = takersOf(extractors, path, head);
    if (found.length > 0) takers.set(path, found);
    return found.length > 0;
  };
  return {
    async *entries() {
      hashes = [];
      streams = 0;
      const walk = tree.walk(root, {
        maxFileSize: maxFileSize ?? defaultMaxFileSize,
        wants,
        // What a format claims is its own; only the rest may be a transcript.
        streams: (path, head) => looksLikeRuns(path, head) && !wants(path, head),
        ...(maxFileSize === undefined
          ? { roomFor: (path: string, head: string) => roomFor(extractors, path, head) }
          : {}),
      });
      for await (const entry of walk) {
        if (entry.kind === 'stream') streams++;
        const hash = hashOf(entry);
        hashes.push(hash);
        yield { entry, hash };
      }
    },
    takers: (path) => takers.get(path),
    hash: () => (streams > 0 ? undefined : sha256(hashes.sort(byCodeUnits).join('\n'))),
  };
}

/** What a walk gave, if it is not too much to keep in memory. */
export async function retained(entries: AsyncIterable<HashedEntry>): Promise<HashedEntry[] | undefined> {
  let kept: HashedEntry[] | undefined = [];
  let size = 0;
  for await (const one of entries) {
    if (one.entry.kind === 'file') size += one.entry.file.text.length;
    if (size > mostRetained) kept = undefined;
    kept?.push(one);
  }
  return kept;
}

function roomFor(extractors: readonly Extractor[], path: string, head: string): number {
  const sizes = extractors.map((one) =>
    one.maxFileSize !== undefined && one.matches(path, head) ? one.maxFileSize : 0,
  );
  return Math.max(defaultMaxFileSize, ...sizes);
}

function hashOf(entry: TreeEntry): string {
  if (entry.kind === 'file') return sha256(`${entry.file.path}\0${entry.file.text}`);
  return sha256(JSON.stringify(entry));
}

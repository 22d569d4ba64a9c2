import type { Extractor, Skipped, SourceFile } from '../domain/extract/contract.ts';
import type { FormatExtraction } from '../domain/extract/extract-file.ts';

/** One thing that a walk came by. Paths are relative to the root, with "/". */
export type TreeEntry =
  | { kind: 'file'; file: SourceFile }
  | { kind: 'skipped'; entry: Skipped }
  /** A file that is read piece by piece, whatever its size. */
  | { kind: 'stream'; path: string; pieces(): AsyncIterable<string> }
  /** A symbolic link to something that the walk reads under its own path. */
  | { kind: 'link'; path: string; target: string };

export interface WalkOptions {
  /** Larger files are skipped unread; bytes. */
  maxFileSize: number;
  /** A higher limit for records and exports, by path and the first 4 KiB. */
  roomFor?(path: string, head: string): number;
  /** Decides by path and the first 4 KiB whether a file is read whole. */
  wants(path: string, head: string): boolean;
  /** Decides by the same whether a file comes as a stream; such files have no size limit. */
  streams(path: string, head: string): boolean;
}

/** Reads a folder, or one file, that a person named. Never leaves it, never hangs on what is no regular file. */
export interface SourceTree {
  /** @throws when the root itself does not exist or cannot be read. */
  walk(root: string, options: WalkOptions): AsyncIterable<TreeEntry>;
}

/** Remembers what was said of a file's exact content; may forget at any time. */
export interface ExtractionCache {
  /** @param hash of the file's path and text */
  through(hash: string, extract: () => FormatExtraction[]): FormatExtraction[];
  /** After the last file: what is worth it is kept. */
  done(): void;
}

/** Remembers the last answer of a folder, as the text of its JSON, under a hash of all that it follows from; may forget at any time. */
export interface ReportCache {
  /** Whether there is one, of this tree or of what it was before. */
  isFilled(): boolean;
  /** The text in pieces; undefined when the tree was another, or what is kept is not what was written. */
  find(hash: string): (() => Iterable<string>) | undefined;
  keep(hash: string, json: Iterable<string>): void;
}

export interface ExtractPorts {
  tree: SourceTree;
  extractors: readonly Extractor[];
  cache?: ExtractionCache;
  reports?: ReportCache;
}

import type { Extractor, Skipped, SourceFile } from '../../domain/extract/contract.ts';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';

/** One thing that a walk came by. Paths are relative to the root, with "/". */
export type TreeEntry =
  /** `digest` says which bytes these are; a walk that has none leaves it out. */
  | { kind: 'file'; file: SourceFile; digest?: string }
  /** With a digest where bytes that are the same would be skipped again. */
  | { kind: 'skipped'; entry: Skipped; digest?: string }
  /** A file that nobody wants. */
  | { kind: 'unwanted'; path: string; digest: string }
  /** A file that has the very bytes which the caller knows already; nothing was decoded. */
  | { kind: 'known'; path: string }
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
  /** The digest that an earlier walk with the same answers to all of these gave for a path. */
  digestOf?(path: string): string | undefined;
  /** Awaited before the first of the other questions. */
  prepare?(): Promise<void>;
}

/** Reads a folder, or one file, that a person named. Never leaves it, never hangs on what is no regular file. */
export interface SourceTree {
  /** @throws when the root itself does not exist or cannot be read. */
  walk(root: string, options: WalkOptions): AsyncIterable<TreeEntry>;
}

/** A file that was met, and what came of it. */
export interface MetFile {
  path: string;
  /** Of its bytes. */
  digest: string;
  /** Whether extractors read it; what they said is kept beside. */
  taken: boolean;
  /**
   * What the answer follows from: the digest that the file had when the very same was said of it for the first time. A change that says
   * nothing new leaves the answer as it is.
   */
  origin: string;
  /** What is told of it as skipped, such as a line that is no UTF-8. */
  skipped?: Skipped;
}

/** Remembers the files of a folder with what was said of them; may forget at any time. */
export interface ExtractionCache {
  /** What the last run met, by path. */
  met(): ReadonlyMap<string, MetFile>;
  /** What was said of a file that was met and taken; undefined when that is not what was written. */
  said(path: string): FormatExtraction[] | undefined;
  /**
   * Takes the place of what was kept.
   *
   * @param fresh what was said of those that are not as they were, by path
   */
  keep(files: readonly MetFile[], fresh: ReadonlyMap<string, FormatExtraction[]>): void;
}

/** Remembers the last answer of a folder, as the text of its JSON, under a hash of all that it follows from; may forget at any time. */
export interface ReportCache {
  /** Its bytes (UTF-8) in pieces; undefined when the tree was another, or what is kept is not what was written. */
  find(hash: string): readonly Uint8Array[] | undefined;
  /** Gives back the bytes, so that they need not be made again; undefined when nothing was kept. */
  keep(hash: string, json: Iterable<string>): readonly Uint8Array[] | undefined;
}

export interface ExtractPorts {
  tree: SourceTree;
  /** Or how to load them: a tree that is as it was needs none. */
  extractors: readonly Extractor[] | (() => Promise<readonly Extractor[]>);
  cache?: ExtractionCache;
  reports?: ReportCache;
}

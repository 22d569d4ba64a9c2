import type { Finding } from '../../domain/finding.ts';
import type { Place } from '../place.ts';

/** Findings as they were when everything was the same; may forget at any time. */
export interface KeptFindings {
  get(id: string, key: string): Finding[] | undefined;
  put(id: string, key: string, findings: readonly Finding[]): void;
}

/** Where a delivery's files are, as far as its status follows from them. */
export interface Sources {
  /** Names of its events' files. */
  events: readonly string[];
  /** Patterns of paths that its components own. */
  patterns: readonly string[];
  /** Words of its checks' commands, any of which may name a file. */
  words: readonly string[];
}

/** How the files of a delivery looked, without a byte of them being read. */
export interface Stamp {
  /** The same as long as no file moved. */
  key: string;
  /** When the last of them moved, in milliseconds since the epoch. */
  moved: number;
  /** Names of the events, and of the artifacts and files that are there. */
  present: string[];
}

/** Tells whether anything that a delivery's status follows from has moved. */
export interface Stamps {
  /** Of each delivery; one that cannot be looked at is left out. */
  of(all: ReadonlyMap<string, Sources>): Map<string, Stamp>;
}

/** Where a delivery stood, and under which conditions that holds. */
export interface KeptStatus {
  /** Stamp of its files. */
  key: string;
  sources: Sources;
  /** Its first event, and the heads that this machine has seen. */
  first: string;
  heads: readonly string[];
  /** When it was looked at, and when time alone changes it; milliseconds since the epoch. */
  from: number;
  until: number | null;
  place: Place;
}

/** Where deliveries stood; may forget at any time, and proves nothing. */
export interface KeptStatuses {
  /** What is kept under a key, by delivery; under another key nothing is. */
  read(key: string): Record<string, KeptStatus>;
  write(key: string, all: Readonly<Record<string, KeptStatus>>): void;
}

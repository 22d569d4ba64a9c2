import { type Stats, statSync } from 'node:fs';
import type { Sources, Stamp, Stamps } from '../app/ports/kept.ts';
import { matchesPattern } from '../domain/build/paths.ts';
import { sha256 } from '../domain/hash.ts';
import { ARTIFACTS } from '../domain/stage.ts';
import { isInside, listFiles, staticPart } from './project-files.ts';
import type { Project } from './work-tree.ts';

/** Beyond this many folders git walks the whole tree once, instead of comparing every path with every folder. */
const MANY_FOLDERS = 40;

/**
 * Stamps of deliveries' files: type, number, size and times as the file system has them. The time of the last change of
 * a file's entry (`ctime`) is set by the kernel alone, so that an edit which puts the old date back is seen, too.
 */
export function fileStamps(project: Project): Stamps {
  return { of: (all) => look(project.root, all) };
}

function look(root: string, all: ReadonlyMap<string, Sources>): Map<string, Stamp> {
  const stats = new Map<string, Stats | undefined>();
  // Many deliveries name the same files, and the words of commands are much the same everywhere.
  const at = (path: string) => {
    if (!stats.has(path)) stats.set(path, statSync(`${root}/${path}`, { throwIfNoEntry: false }));
    return stats.get(path);
  };
  const wide = new Map([...all].map(([id, sources]) => [id, wideOf(sources, at)]));
  const listed = listing(root, [...wide.values()].flat());
  const stamps = new Map<string, Stamp>();
  for (const [id, sources] of all) {
    try {
      stamps.set(id, stampOf(root, id, { sources, wide: wide.get(id)!, at, listed }));
    } catch {
      // What cannot be looked at is not known to be the same.
    }
  }
  return stamps;
}

const cleaned = (patterns: readonly string[]) =>
  patterns.map((pattern) => pattern.replace(/^\.\//, '')).filter(isInside);

/** Patterns that more than one file can match, and whose folder is there. */
function wideOf({ patterns }: Sources, at: (path: string) => Stats | undefined): string[] {
  return cleaned(patterns).filter(
    (one) => !(isSingle(one) && at(one)?.isFile() === true) && at(staticPart(one)) !== undefined,
  );
}

const isSingle = (pattern: string) => !/[*?]|\/$/.test(pattern);

/** Finds the paths that a pattern matches; git is asked once for all of them. */
function listing(root: string, wide: readonly string[]): (pattern: string) => string[] {
  if (wide.length === 0) return () => [];
  const folders = [...new Set(wide.map(staticPart))];
  const all = [...new Set(listFiles(root, folders.length > MANY_FOLDERS ? ['.'] : folders))].sort();
  return (pattern) => {
    const prefix = pattern.replace(/[*?].*$/, '');
    const found: string[] = [];
    for (let place = firstFrom(all, prefix); all[place]?.startsWith(prefix) === true; place++)
      if (matchesPattern(pattern, all[place]!)) found.push(all[place]!);
    return found;
  };
}

/** Where a text is in a sorted list, or would be. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Look {
  sources: Sources;
  wide: readonly string[];
  at: (path: string) => Stats | undefined;
  listed: (pattern: string) => string[];
}

function stampOf(root: string, id: string, { sources, wide, at, listed }: Look): Stamp {
  const folder = `deliveries/${id}`;
  const lines: string[] = [];
  const present: string[] = [];
  let moved = 0;
  const add = (name: string, facts: Stats | undefined) => {
    if (facts === undefined) return lines.push(`${name} -`);
    // A folder's dates move with what others put into it; what lies in it here is listed by itself.
    if (facts.isDirectory()) return lines.push(`${name} ${facts.ino}`);
    moved = Math.max(moved, facts.ctimeMs);
    lines.push(`${name} ${facts.dev}:${facts.ino}:${facts.size}:${facts.mtimeMs}:${facts.ctimeMs}:${facts.mode}`);
    if (facts.isFile()) present.push(name);
    return undefined;
  };
  // Events come and go by the folder's dates; an event that was written over shows by its own.
  const ledger = statSync(`${root}/${folder}/ledger`);
  moved = ledger.ctimeMs;
  lines.push(`${ledger.ino}:${ledger.mtimeMs}:${ledger.ctimeMs}`);
  for (const name of sources.events) add(name, statSync(`${root}/${folder}/ledger/${name}`, { throwIfNoEntry: false }));
  for (const name of ARTIFACTS) add(name, statSync(`${root}/${folder}/${name}`, { throwIfNoEntry: false }));
  const named = new Set([
    ...cleaned(sources.patterns).map((one) => (isSingle(one) ? one : staticPart(one))),
    ...sources.words.filter(isInside),
    ...wide.flatMap(listed),
  ]);
  for (const path of [...named].sort()) add(path, at(path));
  return { key: sha256(lines.join('\n')), moved, present };
}

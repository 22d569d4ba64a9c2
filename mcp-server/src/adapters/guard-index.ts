import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GuardEntry, GuardIndex } from '../domain/guard-entry.ts';
import { DELIVERY_ID } from '../domain/ids.ts';
import type { Project } from './work-tree.ts';

/** Where the compiled index lies. The hook reads it, so this file imports nothing but Node. */
export const guardFile = (project: Project) => join(project.state, 'guard.json');
export const entryFile = (project: Project, id: string) => join(project.state, 'guard', `${id}.json`);

/** The index as it is; empty when it is not there or damaged: it is derived, and then compiled anew. */
export function readGuardIndex(project: Project): GuardIndex {
  const index = readDerived(guardFile(project)) as GuardIndex | undefined;
  return index?.v === 5 && typeof index.owners === 'object' && index.owners !== null ? index : { v: 5, owners: {} };
}

/** A delivery's entry as it was compiled; undefined when it is not there or damaged. */
export function readGuardEntry(project: Project, id: string): GuardEntry | undefined {
  if (!DELIVERY_ID.test(id)) return undefined;
  const entry = readDerived(entryFile(project, id)) as ({ v: number } & GuardEntry) | undefined;
  return entry?.v === 5 && typeof entry.keys === 'object' && entry.keys !== null ? entry : undefined;
}

function readDerived(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) ?? undefined;
  } catch {
    // Same as not there.
    return undefined;
  }
}

/** What changes when a file or a folder's list of files does. */
export function statKey(path: string): string {
  try {
    // Most of these are asked for at every write, and an exception costs more than the question.
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts === undefined) return '-';
    return `${facts.mtimeMs}:${facts.isDirectory() ? 'd' : facts.size}`;
  } catch {
    return '-';
  }
}

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GuardIndex } from '../domain/guard-entry.ts';
import type { Project } from './work-tree.ts';

/** Where the compiled index lies. The hook reads it, so this file imports nothing but Node. */
export const guardFile = (project: Project) => join(project.state, 'guard.json');

/** The index as it is; empty when it is not there or damaged: it is derived, and then compiled anew. */
export function readGuardIndex(project: Project): GuardIndex {
  try {
    const index = JSON.parse(readFileSync(guardFile(project), 'utf8')) as GuardIndex;
    if (index.v === 4 && typeof index.deliveries === 'object' && index.deliveries !== null) return index;
  } catch {
    // Same as not there.
  }
  return { v: 4, deliveries: {} };
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

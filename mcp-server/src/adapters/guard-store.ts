import { join } from 'node:path';
import type { Guard } from '../app/ports.ts';
import type { GuardIndex } from '../domain/guard-entry.ts';
import { writeAtomic } from './atomic.ts';
import { guardFile, readGuardIndex, statKey } from './guard-index.ts';
import type { Project } from './work-tree.ts';

/** The compiled guard index in the git directory. */
export function guardStore(project: Project): Guard {
  const change = (edit: (index: GuardIndex) => void) => {
    const index = readGuardIndex(project);
    edit(index);
    try {
      writeAtomic(guardFile(project), JSON.stringify(index));
    } catch {
      // Without the index the hook computes for itself; slower, never laxer.
    }
  };
  return {
    keys: (paths) => Object.fromEntries(paths.map((path) => [path, statKey(join(project.root, path))])),
    store: (id, entry) =>
      change((index) => {
        index.deliveries[id] = entry;
      }),
    storePolicy: (policy) =>
      change((index) => {
        index.policy = policy;
      }),
  };
}

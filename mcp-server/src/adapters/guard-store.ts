import { join } from 'node:path';
import type { Guard } from '../app/ports.ts';
import type { GuardIndex } from '../domain/guard-entry.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
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
    stale(ids) {
      const { deliveries } = readGuardIndex(project);
      const isMoved = ([path, key]: [string, string]) => statKey(join(project.root, path)) !== key;
      return ids.filter((id) => !Object.hasOwn(deliveries, id) || Object.entries(deliveries[id]!.keys).some(isMoved));
    },
    policyMoved() {
      const key = statKey(join(project.root, POLICY_FILE));
      return key !== '-' && readGuardIndex(project).policy?.key !== key;
    },
    store: (entries) =>
      change((index) => {
        Object.assign(index.deliveries, entries);
      }),
    storePolicy: (policy) =>
      change((index) => {
        index.policy = policy;
      }),
  };
}

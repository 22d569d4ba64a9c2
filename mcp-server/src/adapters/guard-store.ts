import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Guard } from '../app/ports/guard.ts';
import { designOf, type GuardIndex } from '../domain/guard-entry.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import { entryFile, guardFile, readGuardEntry, readGuardIndex, statKey } from './guard-index.ts';
import type { Project } from './work-tree.ts';

/** The compiled guard index in the git directory. */
export function guardStore(project: Project): Guard {
  const keyOf = (path: string) => statKey(join(project.root, path));
  const change = (edit: (index: GuardIndex) => void) => {
    const index = readGuardIndex(project);
    edit(index);
    keep(guardFile(project), index);
  };
  return {
    keys: (paths) => Object.fromEntries(paths.map((path) => [path, keyOf(path)])),
    stale(ids) {
      const { owners } = readGuardIndex(project);
      return ids.filter((id) => {
        const entry = Object.hasOwn(owners, id) ? readGuardEntry(project, id) : undefined;
        return entry === undefined || Object.entries(entry.keys).some(([path, key]) => keyOf(path) !== key);
      });
    },
    policyMoved() {
      const key = keyOf(POLICY_FILE);
      return key !== '-' && readGuardIndex(project).policy?.key !== key;
    },
    store(entries) {
      for (const [id, entry] of Object.entries(entries)) keep(entryFile(project, id), { v: 5, ...entry });
      const all = Object.entries(entries).map(([id, { keys, paths }]) => [
        id,
        { design: keys[designOf(id)] ?? '', paths },
      ]);
      change((index) => {
        Object.assign(index.owners, Object.fromEntries(all));
      });
    },
    storePolicy: (policy) =>
      change((index) => {
        index.policy = policy;
      }),
  };
}

/** Whole or not at all. Not flushed to the disk: what a crash tears cannot be read, and then the hook computes for itself. */
function keep(file: string, value: object): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify(value));
    renameSync(temporary, file);
  } catch {
    // Without the index the hook computes for itself; slower, never laxer.
  }
}

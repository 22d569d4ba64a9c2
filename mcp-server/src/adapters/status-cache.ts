import { join } from 'node:path';
import type { KeptStatus, KeptStatuses } from '../app/ports/kept.ts';
import { keepDerived, readDerived } from './derived-file.ts';
import type { Project } from './work-tree.ts';

/** Keeps where deliveries stood in one file of the git directory. */
export function statusCache(project: Project): KeptStatuses {
  const file = join(project.state, 'status.json');
  return {
    read: (key) => JSON.parse(readDerived(file, key) ?? '{}') as Record<string, KeptStatus>,
    write: (key, all) => keepDerived(file, key, JSON.stringify(all)),
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deliveryFolders } from '../deliveries.ts';
import { readGuardIndex } from '../guard-index.ts';
import { line, type Probe } from './machine.ts';

/** The compiled index that the guard reads; it is compiled anew where it is missing. */
export const guardIndex: Probe = ({ project }) => {
  const ids = existsSync(join(project.root, 'deliveries')) ? deliveryFolders(project).list() : [];
  const known = Object.keys(readGuardIndex(project).owners);
  const missing = ids.filter((id) => !known.includes(id));
  if (missing.length === 0)
    return line('guard-index', 'good', {
      found: `the guard knows ${ids.length} deliver${ids.length === 1 ? 'y' : 'ies'}`,
      means: 'owned paths are guarded in every session',
    });
  return line('guard-index', 'warning', {
    found: `the guard does not know ${missing.length} of ${ids.length} deliveries yet`,
    means: 'a session that works on none of them is not kept off their paths until it starts anew',
    improve: 'start a new session in the client: it compiles the index',
  });
};

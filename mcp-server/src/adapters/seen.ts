import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SeenHeads } from '../app/ports/deliveries.ts';
import { sha256 } from '../domain/hash.ts';
import { writeAtomic } from './atomic.ts';
import type { Project } from './work-tree.ts';

/** Last-seen heads by checkout, delivery and branch, in the user's state folder (XDG base directories). */
export function seenHeads(project: Project, env: NodeJS.ProcessEnv): SeenHeads {
  const state = env['XDG_STATE_HOME'] || join(env['HOME'] || homedir(), '.local', 'state');
  const file = (first: string) =>
    join(state, 'countersign', 'seen', `${sha256(`${project.root}\0${first}`).slice(0, 32)}.json`);
  const read = (first: string): Record<string, string[]> => {
    try {
      return JSON.parse(readFileSync(file(first), 'utf8')) as Record<string, string[]>;
    } catch {
      return {};
    }
  };
  const write = (first: string, all: Record<string, string[]>) => {
    try {
      writeAtomic(file(first), JSON.stringify(all));
    } catch {
      // A home that cannot be written to loses this one warning, not the work: CI compares heads with the base branch.
    }
  };
  return {
    get: (first, branch) => read(first)[branch] ?? [],
    set: (first, branch, heads) => write(first, { ...read(first), [branch]: [...heads] }),
    forget(first, branch) {
      const { [branch]: _, ...rest } = read(first);
      write(first, rest);
    },
  };
}

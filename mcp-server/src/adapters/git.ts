import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../app/ports.ts';
import type { Project } from './work-tree.ts';

/** What git says about this repository. Branch names are read from HEAD: no process for what one file tells. */
export function gitRepository(project: Project): Repository {
  // Loaded when it is needed: most commands never ask who the person is.
  const open = async () => (await import('simple-git')).simpleGit(project.root);
  return {
    async identity() {
      const git = await open();
      const read = async (key: string) => (await git.getConfig(key)).value?.trim() || undefined;
      const [name, email] = [await read('user.name'), await read('user.email')];
      if (name === undefined) return undefined;
      return email === undefined ? { name } : { name, email };
    },
    branch() {
      try {
        return /^ref: refs\/heads\/(.+)$/m.exec(readFileSync(join(project.gitDir, 'HEAD'), 'utf8'))?.[1]?.trim();
      } catch {
        return undefined;
      }
    },
    async head() {
      const git = await open();
      return git.revparse(['--verify', 'HEAD']).catch(() => undefined);
    },
  };
}

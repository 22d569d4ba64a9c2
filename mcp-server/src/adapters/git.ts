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
      // One process for both. git ends with 1 where neither is set; later values win, as they do in git.
      const listed = await git.raw('config', '--null', '--get-regexp', '^user\\.(name|email)$').catch(() => '');
      const values = new Map(
        listed.split('\0').map((entry): [string, string] => {
          const [key = '', ...value] = entry.split('\n');
          return [key, value.join(' ').trim()];
        }),
      );
      const [name, email] = ['user.name', 'user.email'].map((key) => values.get(key) || undefined);
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

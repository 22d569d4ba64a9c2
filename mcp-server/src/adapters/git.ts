import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../app/ports/repository.ts';
import { environmentFault } from '../domain/fault.ts';
import type { Project } from './work-tree.ts';

/** As many as a person reads. */
const MAX_COMMITS = 5;

/** What git says about this repository. Branch names are read from HEAD: no process for what one file tells. */
export function gitRepository(project: Project): Repository {
  return {
    async identity() {
      // One process for both; later values win, as they do in git.
      const listed = await git(project, ['config', '--null', '--get-regexp', '^user\\.(name|email)$']);
      const values = new Map(
        (listed ?? '').split('\0').map((entry): [string, string] => {
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
    head: async () => (await git(project, ['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim(),
    async commits(path, line) {
      const format = '--format=%H%x00%an%x00%aI%x00%s';
      const which = line === undefined ? ['--follow', '--', path] : ['--no-patch', `-L${line},${line}:${path}`];
      const listed = await git(project, ['log', format, `--max-count=${MAX_COMMITS}`, ...which]);
      return (listed ?? '').split('\n').flatMap((entry) => {
        const [hash, author, at, subject] = entry.split('\0');
        return subject === undefined ? [] : [{ hash: hash!, author: author!, at: at!, subject }];
      });
    },
  };
}

/** Standard output of a git command; undefined where git says no. */
function git(project: Project, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile('git', [...args], { cwd: project.root, encoding: 'utf8' }, (error, stdout) => {
      if (error === null) return resolve(stdout);
      if (typeof error.code === 'number') return resolve(undefined);
      return reject(
        environmentFault({
          code: 'no-git',
          message: `git cannot be started: ${error.code ?? error.message}`,
          cause: error,
          next: 'install git and try again',
        }),
      );
    });
  });
}

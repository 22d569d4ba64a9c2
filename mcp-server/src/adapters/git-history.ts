import { execFileSync } from 'node:child_process';
import type { GitHistory } from '../app/ports/git-history.ts';
import { environmentFault } from '../domain/fault.ts';
import type { Project } from './work-tree.ts';

/** Records are compared by themselves, and there are many of them. */
const RECORDS = ['--', 'deliveries'];
const REST = ['--', '.', ':(exclude)deliveries'];

/** What git holds of a commit, through git itself: content as it was committed, whatever the checkout made of it. */
export function gitHistory(project: Project): GitHistory {
  const git = (args: readonly string[]): string => {
    try {
      return execFileSync('git', args, {
        cwd: project.root,
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
        // An object that stands in for another is local, and would let a trusted ref say what it never said.
        env: { ...process.env, GIT_NO_REPLACE_OBJECTS: '1' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw environmentFault({
        code: 'no-git',
        message: 'git cannot be started',
        expected: 'git on the PATH',
        next: 'install git',
        cause: error,
      });
    }
  };
  const asked = (args: readonly string[]): string | undefined => {
    try {
      return git(args).trim() || undefined;
    } catch (error) {
      // git answers "there is none" with an exit code.
      if (typeof (error as { status?: unknown }).status === 'number') return undefined;
      throw error;
    }
  };
  const unlike = (commit: string, where: readonly string[]) => [
    ...paths(
      git([
        'diff',
        '--relative',
        '--name-only',
        '--no-renames',
        '--no-ext-diff',
        '--ignore-submodules',
        '-z',
        commit,
        ...where,
      ]),
    ),
    ...paths(git(['ls-files', '-z', '--others', '--exclude-standard', ...where])),
  ];
  const paths = (text: string) => text.split('\0').filter((path) => path !== '');
  return {
    commit: (ref) => asked(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]),
    fork: (commit) => asked(['merge-base', 'HEAD', commit]),
    shallow: () => asked(['rev-parse', '--is-shallow-repository']) === 'true',
    paths: (commit, places) => paths(git(['ls-tree', '-r', '-z', '--name-only', commit, '--', ...places])),
    read(commit, path) {
      try {
        return git(['cat-file', 'blob', `${commit}:./${path}`]);
      } catch (error) {
        if (typeof (error as { status?: unknown }).status === 'number') return undefined;
        throw error;
      }
    },
    changed: (commit) => unlike(commit, REST),
    changedRecords: (commit) => unlike(commit, RECORDS),
  };
}

import { spawnSync } from 'node:child_process';
import { cleanEnvironment } from '../clean-environment.ts';

const mostBytes = 64 * 1024 * 1024;
const limitMs = 10_000;

/**
 * Paths below a folder, and the folders that they lie in, that git keeps although its ignore rules name them: such a file is a part of
 * the repository like any other (gitignore(5)). Empty where there is no repository, or no git.
 */
export function trackedThoughIgnored(root: string): ReadonlySet<string> {
  const args = ['ls-files', '-z', '--cached', '--ignored', '--exclude-standard'];
  // A repository that is only read starts nothing of its own.
  const { status, stdout } = spawnSync('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd: root,
    encoding: 'utf8',
    // Inside a hook of git, variables name another repository.
    env: { ...cleanEnvironment(process.env, []).env, GIT_OPTIONAL_LOCKS: '0' },
    maxBuffer: mostBytes,
    timeout: limitMs,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const found = new Set<string>();
  if (status !== 0) return found;
  for (const path of stdout.split('\0'))
    for (let at = path.length; at > 0 && !found.has(path.slice(0, at)); at = path.lastIndexOf('/', at - 1))
      found.add(path.slice(0, at));
  return found;
}

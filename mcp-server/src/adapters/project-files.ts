import { isUtf8 } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFiles } from '../app/ports/project-files.ts';
import { matchesPattern } from '../domain/build/paths.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import { environmentFault } from '../domain/fault.ts';
import { contentHash, sha256 } from '../domain/hash.ts';
import { writeAtomic } from './atomic.ts';
import { resolveInside } from './resolver.ts';
import type { Project } from './work-tree.ts';

/** Folders that tools fill by themselves; never part of what was delivered, ignored by git or not. */
const BYPRODUCTS =
  /(?:^|\/)(?:\.git|node_modules|__pycache__|\.pytest_cache|\.terraform|\.venv|\.tox|\.mypy_cache)(?:\/|$)/;

/** The project's files outside `deliveries/`. */
export function projectFiles(project: Project): ProjectFiles {
  const bytesOf = (path: string): Buffer | undefined => {
    try {
      const full = resolveInside(project.root, path);
      return statSync(full).isFile() ? readFileSync(full) : undefined;
    } catch {
      return undefined;
    }
  };
  const frozen = (path: string): Frozen[] => {
    const bytes = bytesOf(path);
    return bytes === undefined ? [] : [{ path, sha256: fileHash(bytes) }];
  };
  return {
    read(path) {
      // What is there and cannot be read is never taken for absent: an unreadable policy is not the default one.
      const full = resolveInside(project.root, path);
      try {
        return readFileSync(full, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: (path, text) => writeAtomic(resolveInside(project.root, path), text),
    matching(patterns) {
      const clean = patterns.map((pattern) => pattern.replace(/^\.\/(?=.)/, '')).filter(isInside);
      const single = clean.filter((pattern) => !/[*?]|\/$/.test(pattern) && bytesOf(pattern) !== undefined);
      const named = new Set(single);
      // Asking git costs a process, and of a folder that is not there it lists nothing that could be read.
      const wide = clean.filter((one) => !named.has(one) && existsSync(join(project.root, staticPart(one))));
      const folders = wide.map(staticPart);
      const listed = folders.length === 0 ? [] : listFiles(project.root, folders);
      const matched = listed.filter((path) => wide.some((pattern) => matchesPattern(pattern, path)));
      return [...new Set([...single, ...matched])].sort().flatMap(frozen);
    },
    existing: (paths) => [...new Set(paths)].filter(isInside).sort().flatMap(frozen),
  };
}

/** Text by its normalised text, anything else by its bytes (docs/ledger.md). */
export function fileHash(bytes: Buffer): string {
  return isUtf8(bytes) && !bytes.subarray(0, 8192).includes(0) ? contentHash(bytes.toString('utf8')) : sha256(bytes);
}

/** Whether a path could be a file of the project outside `deliveries/`. */
export const isInside = (path: string) =>
  path !== '' && !/^(?:\/|[A-Za-z]:)|\0|(?:^|\/)\.\.(?:\/|$)|^deliveries\//.test(path);

/** The folder a pattern cannot leave: what comes before its first wildcard. */
export function staticPart(pattern: string): string {
  const wild = pattern.search(/[*?]/);
  return (wild < 0 ? pattern : pattern.slice(0, pattern.lastIndexOf('/', wild) + 1)) || '.';
}

/** What git tracks or could track below these folders: .gitignore is honoured. */
export function listFiles(root: string, folders: readonly string[]): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...new Set(folders)];
  const { status, stdout, stderr, error } = spawnSync('git', ['--literal-pathspecs', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status !== 0) {
    // Git refuses the whole list when one folder lies behind a link; what lies there is not part of this repository.
    if (/beyond a symbolic link|outside repository/.test(stderr ?? ''))
      return folders.length === 1 ? [] : folders.flatMap((folder) => listFiles(root, [folder]));
    throw environmentFault({
      code: 'git-failed',
      message: `git could not list the files: ${error?.message ?? stderr.trim().split('\n')[0]}`,
      next: 'run git ls-files in the project and mend what it says',
    });
  }
  return stdout.split('\0').filter((path) => path !== '' && !BYPRODUCTS.test(path) && !path.startsWith('deliveries/'));
}

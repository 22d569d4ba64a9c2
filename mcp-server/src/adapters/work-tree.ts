import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** A project and the git directory that belongs to this work tree. */
export interface Project {
  /** Real path. */
  root: string;
  /** The work tree's own git directory: locks and caches live below it, never in the work tree. */
  gitDir: string;
}

/** The git work tree a folder is in; undefined where there is none. Starts no process: the hook asks at every write. */
export function workTreeOf(from: string): Project | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const gitDir = gitDirOf(folder);
    if (gitDir !== undefined) return { root: folder, gitDir };
    if (dirname(folder) === folder) return undefined;
  }
}

/** `.git` is a folder, or in linked work trees and submodules a file that names one. */
function gitDirOf(folder: string): string | undefined {
  const path = join(folder, '.git');
  try {
    if (statSync(path).isDirectory()) return path;
    const named = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]?.trim();
    if (named === undefined) return undefined;
    return isAbsolute(named) ? named : join(folder, named);
  } catch {
    return undefined;
  }
}

/** Where the guard notes which files an agent's tools wrote: in the git directory, one JSON object a line. */
export const writeLog = (project: Project) => join(project.gitDir, 'countersign', 'writes.jsonl');

import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';

/** A project: a git work tree, or a folder of it with a policy of its own. */
export interface Project {
  /** Real path. */
  root: string;
  /** The work tree's root; `root` itself where the project is the whole of it. */
  tree: string;
  /** The work tree's own git directory: locks and caches live below it, never in the work tree. */
  gitDir: string;
  /** Where those of this project lie. */
  state: string;
}

/** A git work tree. */
interface WorkTree {
  tree: string;
  gitDir: string;
}

/** A folder that holds this is a project: in a monorepo the nearest one decides. */
const POLICY = 'countersign.yaml';

/** The project a folder is in: the nearest policy upwards, else the work tree; undefined outside of git. */
export function workTreeOf(from: string): Project | undefined {
  return projectsOf(from).at(-1);
}

/**
 * Every project that a path lies in, the whole work tree first: a policy further down adds to those above and takes nothing
 * away. Starts no process: the hook asks at every write.
 *
 * @param within the work tree where it is known; repositories inside it are part of it
 */
export function projectsOf(from: string, within: WorkTree | undefined = treeOf(from)): Project[] {
  if (within === undefined) return [];
  const { tree, gitDir } = within;
  const state = join(gitDir, 'countersign');
  const below: Project[] = [];
  for (let folder = from; folder !== tree && dirname(folder) !== folder; folder = dirname(folder))
    if (isFile(join(folder, POLICY)))
      below.unshift({ root: folder, tree, gitDir, state: join(state, 'projects', relative(tree, folder), '@') });
  return [{ root: tree, tree, gitDir, state }, ...below];
}

function treeOf(from: string): WorkTree | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const gitDir = gitDirOf(folder);
    if (gitDir !== undefined) return { tree: folder, gitDir };
    if (dirname(folder) === folder) return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
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

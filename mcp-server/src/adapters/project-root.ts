import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { environmentFault } from '../domain/fault.ts';
import { type Project, workTreeOf } from './work-tree.ts';

/**
 * Finds the project from a folder upwards: the work tree of the git repository it is in.
 *
 * @throws Fault `no-repository`
 */
export function findProject(from: string): Project {
  const start = existsSync(from) ? realpathSync(from) : resolve(from);
  const project = workTreeOf(start);
  if (project !== undefined) return project;
  throw environmentFault({
    code: 'no-repository',
    message: `${start} is not in a git repository`,
    expected: 'a git work tree: deliveries are files of a repository',
    next: 'git init, then try again',
  });
}

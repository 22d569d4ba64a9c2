import { lstatSync } from 'node:fs';
import { isAbsolute, join, relative, sep, win32 } from 'node:path';
import { inputFault } from '../domain/fault.ts';
import { realPath } from './real-path.ts';

/**
 * The one way from a path that came from outside to a path inside the project (docs/artifacts.md). Refuses absolute
 * paths, `..`, NUL and links that leave the root; the real path is compared, also of a file that is not there yet.
 *
 * @param root real path of the project
 * @throws Fault `path-outside`
 */
export function resolveInside(root: string, path: string): string {
  return locate(root, path).full;
}

/** The path, and whether nothing on the way to it is a link. */
function locate(root: string, path: string): { full: string; plain: boolean } {
  const refuse = (why: string) =>
    inputFault({
      code: 'path-outside',
      message: `${JSON.stringify(path.slice(0, 200))} ${why}`,
      expected: 'a path inside the project, relative to its root, with "/"',
    });
  if (path === '' || path.includes('\0')) throw refuse('is not a path');
  if (isAbsolute(path) || win32.isAbsolute(path) || /^[A-Za-z]:/.test(path)) throw refuse('is absolute');
  if (path.split(/[\\/]/).includes('..')) throw refuse('climbs out with ".."');
  const full = join(root, path);
  if (hasNoLink(root, full)) return { full, plain: true };
  let real: string;
  try {
    real = realPath(full);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw refuse('runs in a circle of links');
    throw error;
  }
  const inside = relative(root, real);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw refuse('leads out of the project by a link');
  return { full, plain: false };
}

/**
 * The same for names in one folder, which is looked at once: for reading many files of it right away.
 *
 * @throws Fault `path-outside`, as does what it gives
 */
export function resolveIn(root: string, path: string): (name: string) => string {
  const { full: folder, plain } = locate(root, path);
  return (name) => {
    const full = `${folder}${sep}${name}`;
    return plain && PLAIN_NAME.test(name) && hasNoLink(folder, full) ? full : resolveInside(root, `${path}/${name}`);
  };
}

/** Names one entry of a folder, whatever the system: no separator, no drive, neither `.` nor `..`. */
const PLAIN_NAME = /^\w[\w.-]*$/;

/**
 * Whether nothing between the root and this path is a link: then the path is real, because the root is. Most paths are like
 * that, and this looks at each part below the root once, where the real path takes every part from the top and an error more.
 */
function hasNoLink(root: string, full: string): boolean {
  let at = root;
  try {
    for (const part of relative(root, full).split(sep)) {
      at = join(at, part);
      const facts = lstatSync(at, { throwIfNoEntry: false });
      // Below what is not there is nothing that could lead away.
      if (facts === undefined) return true;
      if (facts.isSymbolicLink()) return false;
    }
    return true;
  } catch {
    return false;
  }
}

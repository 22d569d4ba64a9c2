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
  return full;
}

import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { realPath } from '../../adapters/real-path.ts';

/** The real path, also of a file that is not there yet, and through links that lead nowhere yet. */
export const realOf = (path: string) => realPath(path);

export const home = () => process.env['HOME'] || homedir();

/** A path as a tool or a command line gives it, absolute and without `..`. */
export function absolute(path: string, from: string): string {
  if (path === '~' || path.startsWith('~/')) return join(home(), path.slice(1));
  return resolve(from, path);
}

/** `path` as seen from `root`, with "/"; '' for the root itself, undefined outside. */
export function inside(root: string, path: string): string | undefined {
  const found = relative(root, path);
  if (found === '..' || found.startsWith(`..${sep}`) || isAbsolute(found)) return undefined;
  return found.split(sep).join('/');
}

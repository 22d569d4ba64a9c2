import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The real path, also of a file that is not there yet. */
export function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realOf(dirname(path)), basename(path));
  }
}

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

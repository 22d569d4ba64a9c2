import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** As many links in a row as Linux follows. */
const MAX_LINKS = 40;

/**
 * The real path of what is there, with the rest of the path joined on. A link that leads to nothing yet is followed too:
 * whoever writes through it makes the file at its other end.
 *
 * @throws the system's error for what cannot be looked at, such as a ring of links
 */
export function realPath(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || links > MAX_LINKS) throw error;
  }
  const folder = realPath(dirname(path), links + 1);
  const target = linkTarget(join(folder, basename(path)));
  return target === undefined ? join(folder, basename(path)) : realPath(resolve(folder, target), links + 1);
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

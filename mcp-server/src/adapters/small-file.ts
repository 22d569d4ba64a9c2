import { readFileSync, statSync } from 'node:fs';

/** Larger than anything that a person would write by hand. */
const HAND_WRITTEN = 512 * 1024;

/**
 * Text of a file that may be anything, or not be there: undefined for what is not a plain file (reading a pipe would wait for its
 * writer), what is larger than that, and what may not be read.
 *
 * @param max in bytes
 */
export function smallFile(path: string, max = HAND_WRITTEN): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= max ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

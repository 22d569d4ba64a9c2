import { closeSync, constants, createReadStream, fstatSync, openSync, readSync } from 'node:fs';

const headBytes = 4096;
const pieceBytes = 256 * 1024;
// As everywhere: no waiting for a FIFO, no following of links.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** The first 4 KiB of a regular file as text; undefined where there is none to read, or it is binary. */
export function readHead(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, flags);
  } catch {
    return undefined;
  }
  try {
    if (!fstatSync(file).isFile()) return undefined;
    const bytes = Buffer.alloc(headBytes);
    const head = bytes.subarray(0, readSync(file, bytes, 0, headBytes, 0));
    return head.includes(0) ? undefined : head.toString('utf8');
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/**
 * A file as text, piece by piece; characters are never cut in two.
 *
 * @throws when the file cannot be read, or is no regular file any more
 */
export async function* piecesOf(path: string): AsyncGenerator<string> {
  const file = openSync(path, flags);
  if (!fstatSync(file).isFile()) {
    closeSync(file);
    throw new Error('no regular file');
  }
  // The stream closes the file, whether it is read to its end or not.
  yield* createReadStream('', { fd: file, encoding: 'utf8', highWaterMark: pieceBytes });
}

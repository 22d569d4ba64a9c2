import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Skipped } from '../../domain/extract/contract.ts';

/** What reading one file gave: its text, or why not; `badLine` is the first line that is no UTF-8. */
export type ReadSource = { text: string; badLine?: number } | { reason: Skipped['reason'] } | { unwanted: true };

const headBytes = 4096;
// Up to here one read is cheaper than two, even when the file turns out to be unwanted.
const readAtOnce = 64 * 1024;
// One buffer for all ordinary files: thousands of short-lived ones cost more in collection than the reading itself.
const scratch = Buffer.allocUnsafe(128 * 1024);
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads a regular file; of a large one the first 4 KiB before the rest, so that binary and unwanted ones cost no more. Opens
 * without blocking and without following a link, and looks again at what was opened: between listing and opening a
 * name may have become a FIFO. Bytes that are no UTF-8 are replaced and their first line is told.
 */
export function readSource(path: string, maxFileSize: number, wants: (head: string) => boolean): ReadSource {
  let file: number;
  try {
    file = openSync(path, flags);
  } catch {
    return { reason: 'unreadable' };
  }
  try {
    const { size, isFile } = kindOf(file);
    if (!isFile) return { reason: 'unreadable' };
    if (size > maxFileSize) return { reason: 'too-large' };
    // A file under /proc says 0 and holds more; one that grows meanwhile is read as far as its size was.
    const bytes = size <= scratch.length ? scratch : Buffer.allocUnsafe(size);
    let length = readInto(file, bytes, 0, size <= readAtOnce ? size : headBytes);
    const head = bytes.subarray(0, Math.min(length, headBytes));
    const encoding = hasUtf16Mark(head) ? 'utf16le' : 'utf8';
    if (encoding === 'utf8' && head.includes(0)) return { reason: 'binary' };
    if (!wants(head.toString(encoding))) return { unwanted: true };
    if (length < size) length = readInto(file, bytes, length, size);
    return decode(bytes.subarray(0, length), encoding);
  } catch {
    return { reason: 'unreadable' };
  } finally {
    closeSync(file);
  }
}

function kindOf(file: number): { size: number; isFile: boolean } {
  const stat = fstatSync(file);
  return { size: stat.size, isFile: stat.isFile() };
}

function readInto(file: number, bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const count = readSync(file, bytes, at, to - at, at);
    if (count === 0) break;
    at += count;
  }
  return at;
}

function hasUtf16Mark(head: Buffer): boolean {
  return head[0] === 0xff && head[1] === 0xfe;
}

function decode(bytes: Buffer, encoding: 'utf8' | 'utf16le'): ReadSource {
  if (encoding === 'utf16le') return { text: bytes.toString('utf16le').toWellFormed() };
  if (bytes.includes(0)) return { reason: 'binary' };
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd') || isUtf8(bytes)) return { text };
  return { text, badLine: firstBadLine(bytes) };
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const end = bytes.indexOf(10, at);
    const next = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(at, next))) return line;
    at = next;
  }
  return line;
}

import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Skipped } from '../../domain/extract/contract.ts';

/** What reading one file gave: its text, or why not; `badLine` is the first line that is no UTF-8. */
export type ReadSource = { text: string; badLine?: number } | { reason: Skipped['reason'] } | { unwanted: true };

const headLength = 4096;
// Most files end before this: one read tells all of them, and that no more comes tells their size.
const readAtOnce = 64 * 1024;
// One buffer for all ordinary files: thousands of short-lived ones cost more in collection than the reading itself.
const scratch = Buffer.allocUnsafe(128 * 1024);
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads a regular file; of a large one the first 64 KiB before the rest, so that binary and unwanted ones cost no more. Opens
 * without blocking and without following a link: between listing and opening a name may have become a FIFO. Bytes that are no
 * UTF-8 are replaced and their first line is told.
 *
 * @param wants decides by the first 4 KiB
 */
export function readSource(path: string, maxFileSize: number, wants: (head: string) => boolean): ReadSource {
  let file: number;
  try {
    file = openSync(path, flags);
  } catch {
    return { reason: 'unreadable' };
  }
  try {
    const length = readInto(file, scratch, 0, readAtOnce);
    if (length > 0 && length < readAtOnce)
      return length > maxFileSize ? { reason: 'too-large' } : decode(scratch, length, wants);
    // Empty, or large, or no file at all.
    const { size, isFile } = kindOf(file);
    if (!isFile) return { reason: 'unreadable' };
    if (size > maxFileSize) return { reason: 'too-large' };
    const begun = decode(scratch, Math.min(length, headLength), wants);
    if (length === 0 || 'unwanted' in begun || ('reason' in begun && begun.reason === 'binary')) return begun;
    const bytes = size <= scratch.length ? scratch : Buffer.allocUnsafe(size);
    if (bytes !== scratch) scratch.copy(bytes, 0, 0, length);
    // One that grows meanwhile is read as far as its size was.
    return decode(bytes, readInto(file, bytes, length, size), () => true);
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

function decode(bytes: Buffer, length: number, wants: (head: string) => boolean): ReadSource {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && length > 1) {
    const text = bytes.toString('utf16le', 0, length).toWellFormed();
    return wants(text.slice(0, headLength)) ? { text } : { unwanted: true };
  }
  const text = bytes.toString('utf8', 0, length);
  const head = text.slice(0, headLength);
  if (head.includes('\0')) return { reason: 'binary' };
  if (!wants(head)) return { unwanted: true };
  if (text.includes('\0')) return { reason: 'binary' };
  if (!text.includes('\ufffd')) return { text };
  const all = bytes.subarray(0, length);
  return isUtf8(all) ? { text } : { text, badLine: firstBadLine(all) };
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

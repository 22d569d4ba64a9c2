import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Skipped } from '../../domain/extract/contract.ts';
import { sha256 } from '../../domain/hash.ts';

/**
 * What reading one file gave: its text, or why not; `badLine` is the first line that is no UTF-8. The digest is of the bytes, or of
 * those that decided that no more of it is read.
 */
export type ReadSource =
  | { text: string; digest: string; badLine?: number }
  | { reason: Skipped['reason']; digest?: string }
  | { unwanted: true; digest: string };

const headLength = 4096;
// Most files end before this: one read tells all of them, and that no more comes tells their size.
const readAtOnce = 64 * 1024;
// One buffer for all ordinary files: thousands of short-lived ones cost more in collection than the reading itself.
const scratch = Buffer.allocUnsafe(128 * 1024);
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const ofHead = 'head:';

/**
 * Reads a regular file; of a large one the first 64 KiB before the rest, so that binary and unwanted ones cost no more. Opens
 * without blocking and without following a link: between listing and opening a name may have become a FIFO. Bytes that are no
 * UTF-8 are replaced and their first line is told.
 *
 * @param wants decides by the first 4 KiB
 */
export function readSource(path: string, maxFileSize: number, wants: (head: string) => boolean): ReadSource {
  const read = withFile(path, (file): ReadSource => {
    const length = readInto(file, scratch, 0, readAtOnce);
    if (length > 0 && length < readAtOnce) {
      if (length > maxFileSize) return { reason: 'too-large' };
      if (length <= headLength || isUtf16(scratch, length))
        return decode(scratch, length, digestOf(scratch, length), wants);
      return refused(wants) ?? decode(scratch, length, digestOf(scratch, length), () => true);
    }
    // Empty, or large, or no file at all.
    const { size, isFile } = kindOf(file);
    if (!isFile) return { reason: 'unreadable' };
    if (size > maxFileSize) return { reason: 'too-large' };
    if (length === 0) return decode(scratch, 0, digestOf(scratch, 0), wants);
    const begun = refused(wants);
    if (begun !== undefined) return begun;
    const bytes = size <= scratch.length ? scratch : Buffer.allocUnsafe(size);
    if (bytes !== scratch) scratch.copy(bytes, 0, 0, length);
    // One that grows meanwhile is read as far as its size was.
    const whole = readInto(file, bytes, length, size);
    return decode(bytes, whole, digestOf(bytes, whole), () => true);
  });
  return read ?? { reason: 'unreadable' };
}

/** Whether a file of at most so many bytes has those that gave this digest. */
export function isStill(path: string, digest: string, maxFileSize: number): boolean {
  const same = withFile(path, (file) => {
    const length = readInto(file, scratch, 0, readAtOnce);
    const byHead = digest.startsWith(ofHead);
    if (length < readAtOnce) {
      if (length > maxFileSize || (length === 0 && !kindOf(file).isFile)) return false;
      return byHead ? length > headLength && digestOfHead() === digest : digestOf(scratch, length) === digest;
    }
    const { size } = kindOf(file);
    if (size > maxFileSize) return false;
    if (byHead) return digestOfHead() === digest;
    const bytes = Buffer.allocUnsafe(size);
    return digestOf(bytes, readInto(file, bytes, 0, size)) === digest;
  });
  return same ?? false;
}

/** Undefined when it cannot be read. */
function withFile<T>(path: string, use: (file: number) => T): T | undefined {
  let file: number;
  try {
    file = openSync(path, flags);
  } catch {
    return undefined;
  }
  try {
    return use(file);
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** What the first 4 KiB of the buffer say alone; undefined when the rest is wanted. Most files of a repository are unwanted. */
function refused(wants: (head: string) => boolean): ReadSource | undefined {
  const head = isUtf16(scratch, headLength)
    ? scratch.toString('utf16le', 0, headLength).toWellFormed()
    : scratch.toString('utf8', 0, headLength);
  if (head.includes('\0')) return { reason: 'binary', digest: digestOfHead() };
  return wants(head) ? undefined : { unwanted: true, digest: digestOfHead() };
}

const isUtf16 = (bytes: Buffer, length: number) => bytes[0] === 0xff && bytes[1] === 0xfe && length > 1;
const digestOfHead = () => ofHead + digestOf(scratch, headLength);
const digestOf = (bytes: Buffer, length: number) => sha256(bytes.subarray(0, length));

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

function decode(bytes: Buffer, length: number, digest: string, wants: (head: string) => boolean): ReadSource {
  if (isUtf16(bytes, length)) {
    const text = bytes.toString('utf16le', 0, length).toWellFormed();
    return wants(text.slice(0, headLength)) ? { text, digest } : { unwanted: true, digest };
  }
  const text = bytes.toString('utf8', 0, length);
  const head = text.slice(0, headLength);
  if (head.includes('\0')) return { reason: 'binary', digest };
  if (!wants(head)) return { unwanted: true, digest };
  if (text.includes('\0')) return { reason: 'binary', digest };
  if (!text.includes('\ufffd')) return { text, digest };
  const all = bytes.subarray(0, length);
  return isUtf8(all) ? { text, digest } : { text, digest, badLine: firstBadLine(all) };
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

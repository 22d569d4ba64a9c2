import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReportCache } from '../../app/ports/extraction.ts';
import { sha256 } from '../../domain/hash.ts';
import { forgetOldest, remove } from './forget.ts';

/** Larger answers are not kept; bytes. */
const largest = 128 * 1024 * 1024;
/** Folders whose answer is kept. */
const mostReports = 8;
const ending = '.report';
const hashLength = 64;
const tail = 2 * hashLength;
const pieceBytes = 1024 * 1024;
// It holds names and paths of what was read: it is its owner's alone.
const mode = 0o600;

let started = 0;

/**
 * Keeps the last answer of a folder as one file: the text of its JSON, the hash that it was kept under, the SHA-256 of both. One that
 * is damaged, cut off or missing is no answer. Where the folder cannot be written, nothing is kept.
 *
 * @param root the folder that is extracted
 * @param version says which extractors made the answer; another version does not find it
 */
export function keptReport(folder: string, version: string, root: string): ReportCache {
  const path = join(folder, `${sha256(`${version}\0${root}`).slice(0, hashLength / 2)}${ending}`);
  return {
    find(hash) {
      if (hashIn(path) !== hash) return undefined;
      const bytes = whole(path);
      return bytes === undefined ? undefined : pieces(bytes);
    },
    keep(hash, json) {
      const temporary = `${path}.${process.pid}-${started++}.tmp`;
      try {
        mkdirSync(dirname(path), { recursive: true });
        const written = write(temporary, hash, json);
        if (written === undefined) remove(temporary);
        else renameSync(temporary, path);
        forgetOldest(folder, ending, mostReports);
        return written;
      } catch {
        remove(temporary);
        return undefined;
      }
    },
  };
}

/** Gives the bytes of the JSON; undefined when it is too large to keep. */
function write(path: string, hash: string, json: Iterable<string>): Uint8Array[] | undefined {
  const file = openSync(path, 'wx', mode);
  const seal = createHash('sha256');
  const written: Uint8Array[] = [];
  let length = 0;
  const append = (text: string) => {
    const bytes = Buffer.from(text);
    seal.update(bytes);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    return bytes;
  };
  try {
    for (const piece of json) {
      const bytes = append(piece);
      written.push(bytes);
      length += bytes.length;
      if (length > largest) return undefined;
    }
    append(hash);
    writeSync(file, seal.digest('hex'));
    return written;
  } finally {
    closeSync(file);
  }
}

/** The hash that a file was kept under; undefined when there is none. */
function hashIn(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const bytes = Buffer.alloc(hashLength);
    readSync(file, bytes, 0, hashLength, Math.max(0, fstatSync(file).size - tail));
    return bytes.toString('latin1');
  } finally {
    closeSync(file);
  }
}

/** The bytes of the JSON; undefined when they are not what was written. */
function whole(path: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const sealed = bytes.subarray(0, -hashLength);
  const seal = bytes.subarray(-hashLength).toString('latin1');
  return sha256(sealed) === seal ? bytes.subarray(0, -tail) : undefined;
}

/** In pieces, so that a reader who has seen enough need not take all of it. */
function pieces(bytes: Buffer): Uint8Array[] {
  const count = Math.ceil(bytes.length / pieceBytes);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes));
}

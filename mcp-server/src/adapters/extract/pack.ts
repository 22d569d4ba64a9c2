import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256 } from '../../domain/hash.ts';

/** Where the bytes of an entry stand in a pack, and the first half of their SHA-256. */
export interface Place {
  at: number;
  length: number;
  hash: string;
}

/** A file of many entries: their bytes, then an index as JSON, then where it begins and its hash in 64 characters. */
export interface Pack {
  find(key: string): Place | undefined;
  /** Undefined when the bytes are not what was written. */
  read(place: Place): string | undefined;
  close(): void;
}

export interface NewPack {
  add(key: string, text: string): void;
  /** Puts the whole in its place; what cannot be written is not kept. */
  finish(): void;
}

type Index = Record<string, [at: number, length: number, hash: string]>;

const tail = 64;
const flushBytes = 1024 * 1024;
// A pack holds names and paths of what was read: it is its owner's alone.
const mode = 0o600;

let started = 0;
const nothing: Pack = { find: () => undefined, read: () => undefined, close: () => {} };

/** A pack by its path; one that is not there or damaged has no entries. */
export function openPack(path: string): Pack {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return nothing;
  }
  const index = readIndex(file);
  return {
    find(key) {
      const entry = Object.hasOwn(index, key) ? index[key] : undefined;
      return entry === undefined ? undefined : { at: entry[0], length: entry[1], hash: entry[2] };
    },
    read({ at, length, hash }) {
      const found = readAt(file, at, length);
      return found !== undefined && hashOf(found) === hash ? found.toString() : undefined;
    },
    close: () => closeSync(file),
  };
}

/** A pack to come; its bytes are written beside its place as they arrive, so that memory stays bounded. */
export function startPack(path: string): NewPack {
  const temporary = `${path}.${process.pid}-${started++}.tmp`;
  const index: Index = {};
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let at = 0;
  let file: number | undefined;
  let failed = false;

  const flush = () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    if (failed) return;
    try {
      if (file === undefined) {
        mkdirSync(dirname(path), { recursive: true });
        file = openSync(temporary, 'w', mode);
      }
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    } catch {
      failed = true;
    }
  };

  return {
    add(key, text) {
      if (failed) return;
      const bytes = Buffer.from(text);
      index[key] = [at, bytes.length, hashOf(bytes)];
      at += bytes.length;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= flushBytes) flush();
    },
    finish() {
      const json = JSON.stringify(index);
      waiting.push(Buffer.from(json + `${at}`.padStart(tail / 2, '0') + hashOf(json)));
      flush();
      try {
        if (file !== undefined) closeSync(file);
        if (failed) rmSync(temporary, { force: true });
        else renameSync(temporary, path);
      } catch {
        // Nothing can be written there, so nothing was.
      }
    },
  };
}

function readIndex(file: number): Index {
  try {
    const { size } = fstatSync(file);
    const end = readAt(file, size - tail, tail)?.toString() ?? '';
    const start = Number(end.slice(0, tail / 2));
    const json = readAt(file, start, size - tail - start)?.toString() ?? '';
    return hashOf(json) === end.slice(tail / 2) ? (JSON.parse(json) as Index) : {};
  } catch {
    return {};
  }
}

/** Undefined when there is less. */
function readAt(file: number, at: number, length: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(length);
  try {
    for (let done = 0; done < length; ) {
      const count = readSync(file, bytes, done, length - done, at + done);
      if (count === 0) return undefined;
      done += count;
    }
    return bytes;
  } catch {
    return undefined;
  }
}

function hashOf(data: string | Uint8Array): string {
  return sha256(data).slice(0, tail / 2);
}

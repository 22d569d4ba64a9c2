import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256 } from '../domain/hash.ts';

/** A line of 64 hex digits for the key, one for the hash of what follows. */
const HEAD = 130;
const headOf = (key: string, body: string) => `${key}\n${sha256(body)}\n`;

/**
 * Text that was derived and kept: only whole, and only under the key it was kept with. One that is damaged, of another key
 * or missing is undefined; nothing may rest on it but time.
 *
 * @param key SHA-256 of everything that the text follows from
 */
export function readDerived(file: string, key: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const body = text.slice(HEAD);
    return text.slice(0, HEAD) === headOf(key, body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps text; where nothing can be written nothing is kept. Not flushed to the disk: what a crash tears counts for nothing. */
export function keepDerived(file: string, key: string, body: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, headOf(key, body) + body);
    renameSync(temporary, file);
  } catch {
    discard(temporary);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing can be written there, so nothing was.
  }
}

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ExtractionCache } from '../../app/extract-ports.ts';
import type { SourceFile } from '../../domain/extract/contract.ts';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';
import { sha256 } from '../../domain/hash.ts';

// Reading an entry back takes about this long: what is extracted faster is not worth keeping.
const worthKeepingMs = 0.5;

/**
 * Keeps extractions in a folder by the SHA-256 of version, path and text. An entry starts with the hash of the rest:
 * one that is damaged, cut off or missing is computed again. Where the folder cannot be written, nothing is kept.
 *
 * @param version says which extractors made the entries; another version shares none of them.
 */
export function extractionCache(folder: string, version: string): ExtractionCache {
  return {
    through(file, extract) {
      const key = keyOf(file, version);
      const path = join(folder, key.slice(0, 2), `${key}.json`);
      const kept = read(path);
      if (kept !== undefined) return kept;
      const start = performance.now();
      const made = extract();
      if (performance.now() - start >= worthKeepingMs) keep(path, made);
      return made;
    },
  };
}

/** Removes what other versions kept in this folder, which nothing reads any more. */
export function forgetOthers(folder: string, version: string): void {
  try {
    for (const name of readdirSync(folder))
      if (name !== version) rmSync(join(folder, name), { recursive: true, force: true });
  } catch {
    // There is nothing yet, or nothing that may be removed.
  }
}

function keyOf({ path, text }: SourceFile, version: string): string {
  return sha256(`${version}\0${path}\0${text}`);
}

function read(path: string): FormatExtraction[] | undefined {
  try {
    const entry = readFileSync(path, 'utf8');
    const body = entry.slice(65);
    return entry.slice(0, 64) === sha256(body) ? (JSON.parse(body) as FormatExtraction[]) : undefined;
  } catch {
    return undefined;
  }
}

function keep(path: string, made: readonly FormatExtraction[]): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const body = JSON.stringify(made);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(temporary, `${sha256(body)}\n${body}`, { mode: 0o600 });
    renameSync(temporary, path);
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

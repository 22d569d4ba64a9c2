import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Removes what other versions kept in this folder, which nothing reads any more. */
export function forgetOthers(folder: string, version: string): void {
  for (const name of namesIn(folder)) if (name !== version) remove(join(folder, name));
}

/** Removes the files of an ending that were written longest ago, but for so many. */
export function forgetOldest(folder: string, ending: string, most: number): void {
  const names = namesIn(folder).filter((name) => name.endsWith(ending));
  if (names.length <= most) return;
  const byAge = names.map((name) => ({ path: join(folder, name), at: writtenAt(join(folder, name)) }));
  byAge.sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(most)) remove(path);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is nothing yet, or nothing that may be read.
    return [];
  }
}

function writtenAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Removes what may be removed. */
export function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It may not be removed, or someone else removes it just now.
  }
}

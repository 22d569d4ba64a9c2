import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptFindings } from '../app/ports.ts';
import type { Finding } from '../domain/finding.ts';
import { sha256 } from '../domain/hash.ts';

/**
 * Keeps the last findings of each delivery in a file of its own: the key, the hash of the rest, the rest. One that is damaged,
 * of another key or missing counts for nothing, and where nothing can be written nothing is kept.
 */
export function findingsCache(folder: string): KeptFindings {
  const fileOf = (id: string) => join(folder, `${id}.json`);
  return {
    get(id, key) {
      try {
        const [kept, hash, ...rest] = readFileSync(fileOf(id), 'utf8').split('\n');
        const body = rest.join('\n');
        return kept === key && hash === sha256(body) ? (JSON.parse(body) as Finding[]) : undefined;
      } catch {
        return undefined;
      }
    },
    put(id, key, findings) {
      const temporary = `${fileOf(id)}.${process.pid}.tmp`;
      try {
        const body = JSON.stringify(findings);
        mkdirSync(folder, { recursive: true });
        writeFileSync(temporary, `${key}\n${sha256(body)}\n${body}`);
        renameSync(temporary, fileOf(id));
      } catch {
        discard(temporary);
      }
    },
  };
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing can be written there, so nothing was.
  }
}

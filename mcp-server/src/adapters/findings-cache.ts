import { join } from 'node:path';
import type { KeptFindings } from '../app/ports/kept.ts';
import type { Finding } from '../domain/finding.ts';
import { keepDerived, readDerived } from './derived-file.ts';

/** Keeps the last findings of each delivery in a file of its own. */
export function findingsCache(folder: string): KeptFindings {
  const fileOf = (id: string) => join(folder, `${id}.json`);
  return {
    get(id, key) {
      const body = readDerived(fileOf(id), key);
      return body === undefined ? undefined : (JSON.parse(body) as Finding[]);
    },
    put: (id, key, findings) => keepDerived(fileOf(id), key, JSON.stringify(findings)),
  };
}

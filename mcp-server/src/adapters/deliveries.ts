import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Deliveries } from '../app/ports.ts';
import { inputFault, integrityFault } from '../domain/fault.ts';
import { sha256 } from '../domain/hash.ts';
import { DELIVERY_ID } from '../domain/ids.ts';
import { MAX_EVENT_BYTES } from '../domain/ledger/event.ts';
import type { LedgerFile } from '../domain/ledger/ledger.ts';
import { syncFolder, writeAtomic } from './atomic.ts';
import { withLock } from './lock.ts';
import { resolveInside } from './resolver.ts';
import type { Project } from './work-tree.ts';

/** Keeps hashes independent of checkout settings, and the record out of diffs. */
const ATTRIBUTES = `*.md text eol=lf
*/ledger/** -text -diff linguist-generated
*/evidence/** -text -diff linguist-generated
*/tasks.md merge=union
*/history.md merge=union
`;

const EXTENSIONS = ['md', 'json', 'txt'] as const;

/** Deliveries as folders of the project. */
export function deliveryFolders(project: Project): Deliveries {
  const folder = (id: string, ...rest: string[]) => {
    if (!DELIVERY_ID.test(id))
      throw inputFault({ code: 'bad-delivery-id', message: `${JSON.stringify(id)} is not an id` });
    return resolveInside(project.root, ['deliveries', id, ...rest].join('/'));
  };
  return {
    list() {
      const root = join(project.root, 'deliveries');
      if (!existsSync(root)) return [];
      return readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && DELIVERY_ID.test(entry.name))
        .filter((entry) => existsSync(join(root, entry.name, 'ledger')))
        .map((entry) => entry.name)
        .sort();
    },
    exists: (id) => existsSync(folder(id, 'ledger')),
    ledgerNames: (id) => readdirSync(folder(id, 'ledger')),
    ledgerFiles: (id) => readLedgerFolder(folder(id, 'ledger')),
    writeEvent(id, name, content) {
      if (Buffer.byteLength(content) > MAX_EVENT_BYTES)
        throw inputFault({
          code: 'event-too-large',
          message: `the event would have more than ${MAX_EVENT_BYTES} bytes`,
          expected: 'short reasons and comments; long text belongs into an artifact',
        });
      const ledger = folder(id, 'ledger');
      if (existsSync(join(ledger, name))) return;
      writeAtomic(join(ledger, name), content);
      syncFolder(ledger);
    },
    locked: (id, work) => withLock(join(project.gitDir, 'countersign', 'locks', `${id}.lock`), work),
    artifact: (id, name) => readText(folder(id, name)),
    writeArtifact: (id, name, text) => writeAtomic(folder(id, name), text),
    storeEvidence(id, content, extension) {
      const hash = sha256(content);
      const path = folder(id, 'evidence', `${hash}.${extension}`);
      if (!existsSync(path)) writeAtomic(path, content);
      return hash;
    },
    evidence(id, hash) {
      // Where a link leads does not matter here: only the bytes of this hash are handed out.
      const evidence = folder(id, 'evidence');
      for (const extension of EXTENSIONS) {
        const path = join(evidence, `${hash}.${extension}`);
        const text = readText(path);
        if (text === undefined) continue;
        if (sha256(text) === hash) return text;
        throw integrityFault({
          code: 'changed-evidence',
          message: `deliveries/${id}/evidence/${hash}.${extension} does not have the bytes of its name`,
          expected: 'evidence as it was captured',
          next: 'restore it from git; nothing is repaired by itself',
        });
      }
      return undefined;
    },
    evidenceHashes(id) {
      const path = folder(id, 'evidence');
      return existsSync(path) ? readdirSync(path).flatMap((name) => /^[0-9a-f]{64}(?=\.)/.exec(name)?.[0] ?? []) : [];
    },
    removeEvidence(id, hash) {
      for (const extension of EXTENSIONS) rmSync(folder(id, 'evidence', `${hash}.${extension}`), { force: true });
    },
    prepare(id) {
      folder(id);
      const attributes = join(project.root, 'deliveries', '.gitattributes');
      if (!existsSync(attributes)) writeAtomic(attributes, ATTRIBUTES);
    },
  };
}

/** One byte more than an event may have: what fills it is too large, and is not read to its end. */
const buffer = Buffer.alloc(MAX_EVENT_BYTES + 1);

function readLedgerFolder(folder: string): LedgerFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      // Only regular files are events.
      if (!entry.isFile()) return { name: `${entry.name} (not a regular file)`, content: '' };
      return { name: entry.name, content: readStart(join(folder, entry.name)) };
    });
}

function readStart(path: string): string {
  const file = openSync(path, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(file, buffer, length, buffer.length - length, length);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

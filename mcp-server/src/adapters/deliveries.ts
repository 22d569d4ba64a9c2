import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
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
      for (const extension of EXTENSIONS) {
        const path = folder(id, 'evidence', `${hash}.${extension}`);
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
    prepare(id) {
      folder(id);
      const attributes = join(project.root, 'deliveries', '.gitattributes');
      if (!existsSync(attributes)) writeAtomic(attributes, ATTRIBUTES);
    },
  };
}

/**
 * The event files of a ledger. A listing is no snapshot: while others write, it can show a child without its parent, and
 * a temporary file that is gone a moment later. What is listed the same before and after it was read is whole.
 */
function readLedgerFolder(folder: string): LedgerFile[] {
  const read = new Map<string, LedgerFile | undefined>();
  let names = ledgerNames(folder);
  for (let tries = 0; ; tries++) {
    for (const name of names) if (read.get(name) === undefined) read.set(name, readLedgerFile(folder, name));
    const after = ledgerNames(folder);
    if (after.join() === names.join() || tries === MAX_READS) return names.flatMap((name) => read.get(name) ?? []);
    names = after;
  }
}

const MAX_READS = 20;

/** `.tmp-*` is being written, or was left by a writer that died. */
const ledgerNames = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.tmp-'))
    .sort();

function readLedgerFile(folder: string, name: string): LedgerFile | undefined {
  const path = join(folder, name);
  try {
    const facts = lstatSync(path);
    // Only regular files are events; a huge one is refused by its size without being read whole.
    if (!facts.isFile()) return { name: `${name} (not a regular file)`, content: '' };
    if (facts.size > MAX_EVENT_BYTES * 4) return { name, content: ' '.repeat(MAX_EVENT_BYTES + 1) };
    return { name, content: readFileSync(path, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
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

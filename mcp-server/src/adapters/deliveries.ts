import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Deliveries } from '../app/ports/deliveries.ts';
import { inputFault, integrityFault } from '../domain/fault.ts';
import { sha256 } from '../domain/hash.ts';
import { DELIVERY_ID } from '../domain/ids.ts';
import type { LedgerFile } from '../domain/ledger/ledger.ts';
import { MAX_EVENT_BYTES } from '../domain/ledger/limits.ts';
import { syncFolder, writeAtomic } from './atomic.ts';
import { withLock } from './lock.ts';
import { resolveIn, resolveInside } from './resolver.ts';
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
  const checked = (id: string) => {
    if (DELIVERY_ID.test(id)) return `deliveries/${id}`;
    throw inputFault({ code: 'bad-delivery-id', message: `${JSON.stringify(id)} is not an id` });
  };
  const folder = (id: string, ...rest: string[]) => resolveInside(project.root, [checked(id), ...rest].join('/'));
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
    locked: (id, work) => withLock(join(project.state, 'locks', `${id}.lock`), work),
    artifact(id, name) {
      const bytes = readBytes(folder(id, name));
      if (bytes === undefined) return undefined;
      if (isUtf8(bytes) || name === 'history.md' || name === 'tasks.md') return bytes.toString('utf8');
      throw notUtf8(`deliveries/${id}/${name}`, bytes);
    },
    writeArtifact: (id, name, text) => writeAtomic(folder(id, name), text),
    contentKey(id, names) {
      const inside = resolveIn(project.root, checked(id));
      const ledger = inside('ledger');
      const listed = namesIn(ledger);
      if (listed === undefined) return undefined;
      const hash = createHash('sha256');
      const add = (name: string, seen: Uint8Array | string) => {
        hash.update(`${JSON.stringify(name)} ${typeof seen === 'string' ? seen : seen.length}\n`);
        if (typeof seen !== 'string') hash.update(seen);
      };
      for (const name of names) add(name, look(inside(name), constants.O_RDONLY));
      for (const name of eventNames(listed)) add(name, look(`${ledger}/${name}`, AS_IT_IS));
      for (const name of evidenceIn(inside('evidence')).sort()) add(name, 'listed');
      return hash.digest('hex');
    },
    storeEvidence(id, content, extension) {
      const hash = sha256(content);
      const path = folder(id, 'evidence', `${hash}.${extension}`);
      if (!existsSync(path)) writeAtomic(path, content);
      return hash;
    },
    evidence(id, hash) {
      for (const extension of EXTENSIONS) {
        const path = folder(id, 'evidence', `${hash}.${extension}`);
        const text = readBytes(path)?.toString('utf8');
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
    evidenceHashes: (id) => evidenceIn(folder(id, 'evidence')),
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
const eventNames = (listed: readonly string[]) => listed.filter((name) => !name.startsWith('.tmp-')).sort();

const ledgerNames = (folder: string) => eventNames(readdirSync(folder));

const evidenceIn = (folder: string) =>
  (namesIn(folder) ?? []).flatMap((name) => /^[0-9a-f]{64}(?=\.)/.exec(name)?.[0] ?? []);

/** Undefined for a folder that is not there. */
function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A link is not followed, and a pipe not waited for. */
const AS_IT_IS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reused, because a ledger has thousands of files, all of them small. */
const room = Buffer.allocUnsafeSlow(MAX_EVENT_BYTES * 4);

function readLedgerFile(folder: string, name: string): LedgerFile | undefined {
  const path = `${folder}/${name}`;
  let file: number;
  try {
    file = openSync(path, AS_IT_IS);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    // What a link, a socket or a folder says instead of opening.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) return notAFile(name);
    throw error;
  }
  try {
    const facts = fstatSync(file);
    // Only regular files are events; a huge one is refused by its size without being read whole.
    if (!facts.isFile()) return notAFile(name);
    if (facts.size > room.length) return { name, content: ' '.repeat(MAX_EVENT_BYTES + 1) };
    let length = readSync(file, room, 0, room.length, 0);
    while (length < facts.size) {
      const more = readSync(file, room, length, room.length - length, length);
      if (more === 0) break;
      length += more;
    }
    return { name, content: room.toString('utf8', 0, length) };
  } finally {
    closeSync(file);
  }
}

/**
 * The bytes of a file, or the code of the error where it has none to give. They hold until the next look: thousands of texts
 * are hashed one after the other, and a buffer for each is collected for longer than it took to read it.
 */
function look(path: string, flags: number): Uint8Array | string {
  let file: number | undefined;
  try {
    file = openSync(path, flags);
    let length = 0;
    for (let more = -1; more !== 0 && length < room.length; length += more)
      more = readSync(file, room, length, room.length - length, length);
    return length < room.length ? room.subarray(0, length) : readFileSync(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const notAFile = (name: string): LedgerFile => ({ name: `${name} (not a regular file)`, content: '' });

/** Undefined for a file that is not there. */
function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    // Node leaves the path out where a folder is in the place of the file.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}

/** Read as something else, bytes would be lost at the next edit, and two different texts could have one hash. */
function notUtf8(place: string, bytes: Buffer) {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end + 1;
  }
  return inputFault({
    code: 'not-utf8',
    message: `${place}:${line}: this line is not UTF-8`,
    expected: 'text in UTF-8',
    next: 'save the file as UTF-8; until then it stays as it is',
  });
}

import { setMaxListeners } from 'node:events';
import type { SourceTree, TreeEntry } from '../../app/ports/extraction.ts';
import { byCodeUnits } from '../../domain/extract/order.ts';
import { environmentFault } from '../../domain/fault.ts';
import { groupBy } from '../../domain/group.ts';
import { REDACTED } from '../../domain/redact.ts';
import { handsFor, type Notes } from '../probes/hands.ts';
import { ItentialSession } from '../probes/itential-session.ts';
import { MOVING, readPages } from '../probes/pages.ts';
import { type Asked, isRefusal, type Surroundings, type Target } from '../probes/probe.ts';
import { mapped, settingsOf } from '../probes/system.ts';
import { type Document, itentialExport, SHELVES, type Shelf } from './shelves.ts';

/** Requests at once for things of one kind: a platform serves people meanwhile. */
const TOGETHER = 3;

type File = { path: string; document: Document };
type Missing = { path: string; detail: string };
type Ask = ItentialSession['ask'];

/**
 * A running Itential Platform as the tree of files that its exports would be: projects with what they hold, then everything that
 * is in none. What may not be read, does not answer or moves while it is read is an entry that says so. Reads only.
 *
 * @throws Fault `platform-silent` when nobody could log in
 */
export const exportTree = (target: Target, around: Surroundings): SourceTree => ({
  async *walk() {
    const notes: Notes = { facts: [], calls: [], secrets: [] };
    const { signal, answered, done } = patience(around.settings.timeout * 1000);
    try {
      const hands = handsFor(itentialExport, target, around, notes, signal);
      const session = await ItentialSession.open(target, hands);
      if ('outcome' in session)
        throw environmentFault({
          code: 'platform-silent',
          message: `${target.id}: ${session.reason}`,
          next: 'countersign probe --only itential shows what can be reached',
        });
      const ask: Ask = (...question) => session.ask(...question).finally(answered);
      const [first, ...others] = SHELVES as [Shelf, ...Shelf[]];
      const projects = await readShelf(first, ask, () => true);
      const known = new Set(projects.documents.flatMap((one) => idOf(one) ?? []));
      // What a project holds came with it.
      const free = (item: Document) => !known.has(projectOf(item) ?? '');
      const rest = await Promise.all(others.map((shelf) => readShelf(shelf, ask, free)));
      const held = [projects, ...rest];
      // Who is logged in is no secret, and such a name may be a word of any document.
      const user = around.env[settingsOf(target, hands)['user-env'] ?? ''];
      const secrets = notes.secrets.filter((one) => one !== user);
      const { files, missing } = arranged(new Map(SHELVES.map(({ folder }, at) => [folder, held[at]!])));
      for (const { path, document } of files.sort((a, b) => byCodeUnits(a.path, b.path)))
        yield { kind: 'file', file: { path, text: textOf(document, secrets) } };
      for (const { path, detail } of missing) yield skipped(path, detail);
    } finally {
      done();
    }
  },
});

/** Ends everything when no answer came for so long. A platform that answers slowly is read to its end. */
function patience(ms: number) {
  const stop = new AbortController();
  // Every request that is under way listens.
  setMaxListeners(0, stop.signal);
  let timer = setTimeout(() => stop.abort(), ms);
  const done = () => clearTimeout(timer);
  const answered = () => {
    done();
    if (!stop.signal.aborted) timer = setTimeout(() => stop.abort(), ms);
  };
  return { signal: stop.signal, answered, done };
}

/** What one shelf holds, and what of it could not be read. */
interface Held {
  documents: Document[];
  missing: Missing[];
}

async function readShelf(
  { folder, list, page, one }: Shelf,
  ask: Ask,
  wants: (item: Document) => boolean,
): Promise<Held> {
  const read = await readPages(
    async (skip) => mapped(await ask(list, page, { values: { skip: String(skip) } }), (found) => found),
    (item) => idOf(item) ?? nameOf(item),
  );
  if ('outcome' in read) return { documents: [], missing: [{ path: folder, detail: read.reason }] };
  const missing: Missing[] = read.moving ? [{ path: folder, detail: MOVING }] : [];
  const items = read.items.filter(wants);
  if (one === undefined) return { documents: items, missing };
  const documents: Document[] = [];
  await inTurn(items, async (item) => {
    const id = one.by === 'name' ? nameOf(item) : (idOf(item) ?? nameOf(item));
    const asked: Asked<Document> = await ask(one.call, one.schema, { values: { id }, ...bodyOf(one.call, id) });
    if (isRefusal(asked)) missing.push({ path: `${folder}/${nameOf(item)}`, detail: asked.reason });
    else documents.push(asked.value);
  });
  return { documents, missing };
}

/** The one question that is a POST. */
const bodyOf = (call: string, treeId: string) => (call === 'golden-config' ? { body: { treeId } } : {});

/** Puts triggers to their automations, and names the files. */
function arranged(held: ReadonlyMap<string, Held>): { files: File[]; missing: Missing[] } {
  const documents = (folder: string) => held.get(folder)?.documents ?? [];
  const missing = [...held.values()].flatMap((one) => one.missing);
  const triggers = groupBy(documents('triggers'), (one) => String(one['actionId']));
  const files = [...held.keys()].flatMap((folder): File[] => {
    if (folder === 'triggers') return [];
    const own = documents(folder);
    const whole =
      folder === 'automations'
        ? own.map((one) => ({ ...one, triggers: triggers.get(idOf(one) ?? '') ?? one['triggers'] ?? [] }))
        : own;
    return named(folder, whole);
  });
  // A workflow that is seen while its project is not: the rest of that project may be there.
  const hidden = new Set(documents('workflows').flatMap((one) => projectOf(one) ?? []));
  for (const id of hidden) missing.push({ path: `projects/${id}`, detail: 'this account sees parts of it only' });
  return { files, missing };
}

function named(folder: string, documents: readonly Document[]): File[] {
  const taken = new Set<string>();
  return documents.map((document) => {
    const name = nameOf(document)
      .replace(/^@[0-9a-f]{24}:\s*/i, '')
      .replace(/[/\\\0]+/g, '-')
      .slice(0, 150);
    const path = taken.has(name)
      ? `${folder}/${name} (${idOf(document) ?? taken.size}).json`
      : `${folder}/${name}.json`;
    taken.add(name);
    return { path, document };
  });
}

/** Lines as an export has them. A token that an answer repeats is taken out. */
function textOf(document: Document, secrets: readonly string[]): string {
  let text = `${JSON.stringify(document, null, 2)}\n`;
  for (const secret of secrets) if (secret.length >= 6) text = text.replaceAll(secret, REDACTED);
  return text;
}

function idOf(document: Document): string | undefined {
  const id = document['_id'] ?? document['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function nameOf(document: Document): string {
  const inside = Array.isArray(document['data']) ? (document['data'][0] as Document | undefined) : undefined;
  const name = document['name'] ?? inside?.['name'];
  return typeof name === 'string' && name !== '' ? name : (idOf(document) ?? 'unnamed');
}

const projectOf = (document: Document) => /^@([0-9a-f]{24}):/i.exec(nameOf(document))?.[1];

const skipped = (path: string, detail: string): TreeEntry => ({
  kind: 'skipped',
  entry: { path, reason: 'unreadable', detail },
});

/** Some at a time, in the order of the list. */
async function inTurn<T>(items: readonly T[], handle: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of left) await handle(item);
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
}

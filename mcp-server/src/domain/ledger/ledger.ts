import { subjectDigest } from '../decision/subject.ts';
import { groupBy } from '../group.ts';
import { type EventType, type Recorded, readEvent } from './event.ts';
import { Graph } from './graph.ts';

/** One file of a ledger folder, as found. */
export interface LedgerFile {
  name: string;
  content: string;
}

export interface IntegrityProblem {
  code:
    | 'wrong-name'
    | 'foreign-file'
    | 'unreadable-event'
    | 'newer-format'
    | 'missing-parent'
    | 'two-first-events'
    | 'no-first-event'
    | 'other-delivery'
    | 'false-digest';
  /** The file's name in the ledger folder; empty where the folder as a whole is meant. */
  file: string;
  message: string;
}

/** A ledger that was read and holds together. */
export interface Ledger {
  graph: Graph<Recorded>;
  first: Recorded<'created'>;
}

const EVENT_FILE = /^([0-9a-f]{64})\.json$/;
/** Left by a writer that died between writing and renaming: harmless. */
const LEFTOVER = /^\.tmp-/;

/**
 * Reads a ledger folder. Any fault leaves the ledger unread: it is reported, never repaired (docs/ledger.md).
 *
 * @param delivery the id that every event has to name
 */
export function readLedger(delivery: string, files: Iterable<LedgerFile>): Ledger | { problems: IntegrityProblem[] } {
  const problems: IntegrityProblem[] = [];
  const events: Recorded[] = [];
  for (const file of files) {
    const found = readFile(delivery, file);
    if (found === undefined) continue;
    if ('code' in found) problems.push(found);
    else events.push(found);
  }
  const graph = new Graph(events);
  for (const { child, parent } of graph.missing)
    problems.push({ code: 'missing-parent', file: `${child}.json`, message: `its parent ${parent} is not there` });
  const firsts = events.filter((event) => event.parents.length === 0 || event.type === 'created');
  if (firsts.length > 1) {
    const names = firsts.map((event) => event.id.slice(0, 12)).sort();
    problems.push({ code: 'two-first-events', file: '', message: `two deliveries in one folder: ${names.join(', ')}` });
  }
  const first = firsts[0];
  if (problems.length === 0 && first?.type !== 'created')
    problems.push({ code: 'no-first-event', file: '', message: 'no event says how the delivery began' });
  // Without exactly one beginning, that is the problem, and no subject can be held against it.
  for (const event of firsts.length === 1 ? events : [])
    if (event.type === 'submitted' && event.body.subject.first !== first?.id)
      problems.push({ code: 'false-digest', file: `${event.id}.json`, message: 'its subject names another delivery' });
  if (problems.length > 0) return { problems: problems.sort(byFile) };
  return { graph, first: first as Recorded<'created'> };
}

/** The same problems in the same order, in whatever order the files came. */
function byFile(a: IntegrityProblem, b: IntegrityProblem): number {
  const [left, right] = [a, b].map((one) => [one.file, one.code, one.message].join('\0')) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}

function readFile(delivery: string, file: LedgerFile): Recorded | IntegrityProblem | undefined {
  if (LEFTOVER.test(file.name)) return undefined;
  const name = EVENT_FILE.exec(file.name)?.[1];
  if (name === undefined) return { code: 'foreign-file', file: file.name, message: 'not the name of an event' };
  const read = readEvent(file.content);
  if ('problem' in read)
    return read.problem === 'newer-format'
      ? { code: 'newer-format', file: file.name, message: `written by a newer Countersign (${read.detail}): upgrade` }
      : { code: 'unreadable-event', file: file.name, message: `${read.problem}: ${read.detail}` };
  if (read.event.id !== name)
    return { code: 'wrong-name', file: file.name, message: `its bytes hash to ${read.event.id}: it was changed` };
  if (read.event.delivery !== delivery)
    return { code: 'other-delivery', file: file.name, message: `it belongs to delivery ${read.event.delivery}` };
  if (read.event.type === 'submitted' && subjectDigest(read.event.body.subject) !== read.event.body.digest)
    return { code: 'false-digest', file: file.name, message: 'its digest is not that of its subject' };
  return read.event;
}

/** Events by type, sorted out once for each graph: rules ask for them again and again. */
const sorted = new WeakMap<Graph<Recorded>, Map<EventType, Recorded[]>>();

/** The events of one type, in the ledger's order. */
export function eventsOf<T extends EventType>(ledger: Ledger, type: T): readonly Recorded<T>[] {
  let byType = sorted.get(ledger.graph);
  if (byType === undefined) {
    byType = groupBy(ledger.graph.order, (event) => event.type);
    sorted.set(ledger.graph, byType);
  }
  return (byType.get(type) ?? []) as Recorded<T>[];
}

import * as z from 'zod';
import { canonical, type Json } from '../canonical.ts';
import { declarationSchema } from '../decision/declaration.ts';
import { type Level, STORED_LEVELS } from '../decision/level.ts';
import { statementSchema } from '../decision/statement.ts';
import { ABOUT, frozenSchema, subjectSchema } from '../decision/subject.ts';
import { deployFinished, deployStarted } from '../deploy/event-bodies.ts';
import { inputFault } from '../fault.ts';
import { sha256 } from '../hash.ts';
import { DELIVERY_ID, ENTRY_ID, SHA256 } from '../ids.ts';
import { observed } from '../operate/event-body.ts';
import { TRACKS } from '../stage.ts';
import { MAX_EVENT_BYTES } from './limits.ts';

export const EVENT_VERSION = 1;

const hash = z.string().regex(SHA256);
const text = z.string();

const actorSchema = z.strictObject({
  kind: z.enum(['human', 'agent', 'system']),
  name: text.min(1),
  email: text.optional(),
  /** The door it came through: cli, mcp, typed-command, demo ... */
  via: text.min(1),
});
export type Actor = z.infer<typeof actorSchema>;

/** Body of each event type. A new type is one line here and one in the fold that reads it. */
const bodies = {
  created: z.strictObject({
    nonce: text.min(16),
    title: text,
    track: z.enum(TRACKS),
    template: text.optional(),
  }),
  submitted: z.strictObject({ digest: hash, subject: subjectSchema }),
  decided: z.strictObject({
    /** As stored: what a decision is worth follows from its signature, see assurance. */
    level: z.enum(STORED_LEVELS) as z.ZodType<Level>,
    statement: statementSchema,
    /** Armoured SSH signature over the statement's canonical bytes. */
    signature: text.max(16_384).optional(),
  }),
  /** Break-glass or withhold: a person's word that decides on no submission. */
  declared: z.strictObject({
    level: z.enum(STORED_LEVELS) as z.ZodType<Level>,
    declaration: declarationSchema,
    /** Armoured SSH signature over the declaration's canonical bytes. */
    signature: text.max(16_384).optional(),
  }),
  probed: z.strictObject({ snapshot: hash, present: z.int(), absent: z.int(), denied: z.int(), notProbed: z.int() }),
  stated: z.strictObject({
    need: text,
    status: z.enum(['resolved', 'degraded', 'stub', 'blocked', 'skipped']),
    fact: text.min(1),
    by: text.min(1),
  }),
  started: z.strictObject({ task: text, component: text }),
  checked: z.strictObject({
    check: text,
    component: text,
    /** Hash of what was run: method, command, expectations. */
    definition: hash,
    /** Hash of the canonical `{path: sha256}` of the files it vouches for. */
    inputs: hash,
    result: z.enum(['passed', 'failed']),
    exit: z.int().nullable(),
    durationMs: z.int().nonnegative(),
    evidence: hash,
  }),
  /** Who wrote the files of a component, as far as anybody knows. */
  built: z.strictObject({ task: text, component: text, files: z.int().positive(), evidence: hash }),
  /** What linters, scanners and gap rules said of the delivered files. */
  scanned: z.strictObject({
    /** Hash of the files and the design that were looked at. */
    inputs: hash,
    evidence: hash,
    errors: z.int().nonnegative(),
    warnings: z.int().nonnegative(),
    /** Keys of the differences from the design. */
    differences: z.array(text),
    /** Programs that had something to look at and said nothing that counts. */
    notRun: z.array(text),
  }),
  deviated: z.strictObject({
    id: text,
    component: text.optional(),
    designed: text,
    delivered: text,
    reason: text.min(1),
  }),
  /** A reviewer's remark on one entry; the actor said it. */
  commented: z.strictObject({ about: text.regex(ABOUT), anchor: text.regex(ENTRY_ID), text: text.min(1) }),
  /** An answer to a remark, named by its event. */
  replied: z.strictObject({ comment: hash, text: text.min(1) }),
  /** The specification is edited from here on; what was approved stays the baseline until the change closes. */
  'change-opened': z.strictObject({
    n: z.int().positive(),
    title: text,
    base: z.array(frozenSchema),
    /** Hash that each touched requirement had in the base, empty for a new one: two changes of one are seen by it. */
    requirements: z.record(text, text),
    /** The event that opened it first, where it was moved to a newer base. */
    rebases: hash.optional(),
    /** The event that made somebody open it, such as a breached limit. */
    because: hash.optional(),
  }),
  'change-planned': z.strictObject({
    n: z.int().positive(),
    /** The event that opened the change. */
    change: hash,
    plan: hash,
    /** The whole specification as it will be. */
    result: z.array(frozenSchema),
    requirements: z.record(text, text),
    tasks: z.array(text),
    checks: z.array(text),
    /** Patterns of the paths that may be written. */
    paths: z.array(text),
  }),
  'change-closed': z.strictObject({
    n: z.int().positive(),
    change: hash,
    status: z.enum(['APPLIED', 'FAILED', 'ABANDONED']),
    reason: text,
    checks: z.array(z.strictObject({ check: text, result: z.enum(['passed', 'failed']), evidence: hash.nullable() })),
    /** The manifest of what was there when it closed; null while it was incomplete. */
    manifest: hash.nullable(),
  }),
  'deploy-started': deployStarted,
  'deploy-finished': deployFinished,
  observed,
} as const;

export type EventType = keyof typeof bodies;
const EVENT_TYPES = Object.keys(bodies) as EventType[];
export type Body<T extends EventType> = z.infer<(typeof bodies)[T]>;

const envelope = {
  v: z.literal(EVENT_VERSION),
  delivery: z.string().regex(DELIVERY_ID),
  /** RFC 3339 in UTC, milliseconds. Serves display and expiry; order is the graph's. */
  at: z.iso.datetime(),
  actor: actorSchema,
  /** Ids of the ledger's heads when this was written, sorted. Empty only in the first event. */
  parents: z.array(hash),
};

const schemas = Object.fromEntries(
  EVENT_TYPES.map((type) => [type, z.strictObject({ ...envelope, type: z.literal(type), body: bodies[type] })]),
) as unknown as { [T in EventType]: z.ZodType<EventOf<T>> };

export interface EventOf<T extends EventType> {
  v: 1;
  type: T;
  delivery: string;
  at: string;
  actor: Actor;
  parents: string[];
  body: Body<T>;
}

export type LedgerEvent = { [T in EventType]: EventOf<T> }[EventType];

/** An event with its id, which is the SHA-256 of its canonical bytes. */
export type Recorded<T extends EventType = EventType> = { [K in T]: EventOf<K> & { id: string } }[T];

export type EventProblem = 'too-large' | 'not-json' | 'newer-format' | 'wrong-shape' | 'not-canonical';

/**
 * Reads an event's bytes. Total: a problem is a value, never an exception.
 *
 * @param content the file's text
 */
export function readEvent(content: string): { event: Recorded } | { problem: EventProblem; detail: string } {
  if (bytesOf(content) > MAX_EVENT_BYTES) return { problem: 'too-large', detail: `more than ${MAX_EVENT_BYTES} bytes` };
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { problem: 'not-json', detail: (error as Error).message };
  }
  const { v, type } = (value ?? {}) as { v?: unknown; type?: unknown };
  const known = typeof type === 'string' && Object.hasOwn(schemas, type);
  if (typeof v === 'number' && (v > EVENT_VERSION || (v === EVENT_VERSION && typeof type === 'string' && !known)))
    return { problem: 'newer-format', detail: `format ${v}, type ${String(type)}` };
  if (!known) return { problem: 'wrong-shape', detail: 'no known event type' };
  const parsed = schemas[type as EventType].safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return { problem: 'wrong-shape', detail: `${path.join('.')}: ${message}` };
  }
  if (!isCanonical(value as Json, content)) return { problem: 'not-canonical', detail: 'bytes are not RFC 8785' };
  return { event: { ...(parsed.data as LedgerEvent), id: sha256(content) } as Recorded };
}

/** UTF-8 takes at most three bytes for a UTF-16 unit: most texts need not be encoded to know that they are small. */
const bytesOf = (text: string) => (text.length * 3 <= MAX_EVENT_BYTES ? 0 : new TextEncoder().encode(text).length);

function isCanonical(value: Json, content: string): boolean {
  // Written in order, the engine's own JSON is canonical; only half a surrogate pair, which it escapes, is not.
  if (inOrder(value) && JSON.stringify(value) === content && !content.includes('\\ud')) return true;
  try {
    return canonical(value) === content;
  } catch {
    // JSON can spell half a surrogate pair, canonical JSON cannot.
    return false;
  }
}

/** Whether the members of every object are in the order that RFC 8785 asks for. */
function inOrder(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(inOrder);
  let before = '';
  for (const [key, member] of Object.entries(value)) {
    if (key < before || (member !== undefined && !inOrder(member))) return false;
    before = key;
  }
  return true;
}

/**
 * The bytes of a new event and its id. A ledger is never repaired, so what no reader would accept is not written.
 *
 * @throws Fault `unwritable-event`
 */
export function writeEvent(event: LedgerEvent): { id: string; content: string } {
  const content = canonical(event as unknown as Json);
  const read = readEvent(content);
  if ('problem' in read)
    throw inputFault({
      code: 'unwritable-event',
      message: `this ${event.type} event cannot be recorded: ${read.problem}: ${read.detail}`,
      expected: `an event of at most ${MAX_EVENT_BYTES} bytes with the members of its type`,
    });
  return { id: read.event.id, content };
}

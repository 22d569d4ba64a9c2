import { canonical, type Json } from '../canonical.ts';

/** Kept apart everywhere: "none found" and "could not look" are never the same (platforms.md). */
export const OUTCOMES = ['present', 'absent', 'denied', 'not-probed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * What a fact is about. `system` is something that answers, `client` only what talks to one; `work` is automation that is
 * already there: a role, playbook, workflow, job template, chart or release.
 */
export const FACT_KINDS = [
  'tool',
  'system',
  'client',
  'adapter',
  'work',
  'inventory',
  'resource',
  'right',
  'quota',
  'account',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** One thing a probe observed. */
export interface PlatformFact {
  /** `<probe>/<name>`, such as `tool/python3` or `kubernetes/lab/resources`. */
  id: string;
  outcome: Outcome;
  kind?: FactKind;
  version?: string;
  /** Where the platform tells it: a stopped thing is there and cannot be used. */
  health?: 'running' | 'degraded' | 'stopped';
  /** Why it was denied or not probed, or what is wrong with it. */
  reason?: string;
  /** Names of what it offers: modules of a collection, resource types of a cluster, operations of an interface; sorted. */
  offers?: readonly string[];
}

/** One question that was put to a platform, and the answer by its length and hash only. */
export interface ProbeCall {
  /** Prefix of the facts that came of it. */
  probe: string;
  /** The argument vector, or method and URL. */
  call: string;
  /** `exit 0`, `200`, or why there was no answer. */
  answer: string;
  bytes: number;
  sha256: string;
}

/** What the platform was found to offer; stored as evidence under the hash of its canonical bytes. */
interface Snapshot {
  schema: 'countersign/platform@1';
  facts: PlatformFact[];
  calls?: ProbeCall[];
}

/** The snapshot's exact bytes: facts and calls sorted, so the same findings are the same bytes. */
export function snapshotBytes(facts: readonly PlatformFact[], calls: readonly ProbeCall[] = []): string {
  const snapshot: Snapshot = {
    schema: 'countersign/platform@1',
    facts: sorted(facts, (fact) => fact.id),
    ...(calls.length === 0 ? {} : { calls: sorted(calls, (call) => call.probe) }),
  };
  return canonical(snapshot as unknown as Json);
}

function sorted<T>(all: readonly T[], key: (one: T) => string): T[] {
  return all
    .map((one) => ({ one, bytes: canonical(one as unknown as Json) }))
    .sort((a, b) => compare(key(a.one), key(b.one)) || compare(a.bytes, b.bytes))
    .map(({ one }) => one);
}

/** The facts of a stored snapshot; undefined when the bytes are no snapshot. */
export function readSnapshot(bytes: string): PlatformFact[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes);
  } catch {
    return undefined;
  }
  const { schema, facts } = (value ?? {}) as Partial<Snapshot>;
  return schema === 'countersign/platform@1' && Array.isArray(facts) ? facts : undefined;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** How many facts have each outcome. */
export function tally(facts: readonly PlatformFact[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { present: 0, absent: 0, denied: 0, 'not-probed': 0 };
  for (const fact of facts) counts[fact.outcome]++;
  return counts;
}

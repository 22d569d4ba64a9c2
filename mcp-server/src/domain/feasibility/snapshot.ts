import { canonical, type Json } from '../canonical.ts';

/** Kept apart everywhere: "none found" and "could not look" are never the same (platforms.md). */
export const OUTCOMES = ['present', 'absent', 'denied', 'not-probed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One thing a probe observed. */
export interface PlatformFact {
  /** `<probe>/<name>`, such as `tool/python3`. */
  id: string;
  outcome: Outcome;
  version?: string;
  /** Why it was denied or not probed. */
  reason?: string;
}

/** What the platform was found to offer; stored as evidence under the hash of its canonical bytes. */
interface Snapshot {
  schema: 'countersign/platform@1';
  facts: PlatformFact[];
}

/** The snapshot's exact bytes: facts sorted by id, so the same findings are the same bytes. */
export function snapshotBytes(facts: readonly PlatformFact[]): string {
  const sorted = facts
    .map((fact) => ({ fact, bytes: canonical(fact as unknown as Json) }))
    .sort((a, b) => compare(a.fact.id, b.fact.id) || compare(a.bytes, b.bytes))
    .map(({ fact }) => fact);
  const snapshot: Snapshot = { schema: 'countersign/platform@1', facts: sorted };
  return canonical(snapshot as unknown as Json);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** How many facts have each outcome. */
export function tally(facts: readonly PlatformFact[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { present: 0, absent: 0, denied: 0, 'not-probed': 0 };
  for (const fact of facts) counts[fact.outcome]++;
  return counts;
}

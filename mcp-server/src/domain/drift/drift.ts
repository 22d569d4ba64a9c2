import * as z from 'zod';
import { canonical, type Json } from '../canonical.ts';
import type { Frozen } from '../decision/subject.ts';
import { verdictOf } from '../decision/verdict.ts';
import { countVotes, person } from '../decision/votes.ts';
import { SHA256 } from '../ids.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type Demand, stricter } from '../policy/demand.ts';

/** The subject of a decision that accepts what moved by hand. */
export const DRIFT_SUBJECT = 'drift:current';
/** The piece of it that says which files, and why. */
export const DRIFT_FILE = 'drift.json';

const hash = z.string().regex(SHA256).nullable();
const driftSchema = z.strictObject({
  schema: z.literal('countersign/drift@1'),
  reason: z.string().min(1).max(4000),
  /** Content as recorded and as it is; null where there is none. */
  files: z.array(z.strictObject({ path: z.string(), recorded: hash, present: hash })),
});
export type Drift = z.infer<typeof driftSchema>;

export const driftText = (drift: Drift) => canonical(drift as unknown as Json);

/** Files that are not what is recorded, by path. */
export function driftedFiles(recorded: readonly Frozen[], present: readonly Frozen[]): Drift['files'] {
  const before = new Map(recorded.map((file) => [file.path, file.sha256]));
  const now = new Map(present.map((file) => [file.path, file.sha256]));
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((path) => before.get(path) !== now.get(path))
    .sort()
    .map((path) => ({ path, recorded: before.get(path) ?? null, present: now.get(path) ?? null }));
}

/**
 * What is recorded once drifts that people accepted count. Each moves a file from exactly one content to another, so an
 * acceptance never covers what came before or after it.
 *
 * @param demand what accepting drift takes now
 * @param evidence text of evidence by hash
 */
export function withAccepted(
  recorded: readonly Frozen[],
  ledger: Ledger,
  demand: Demand,
  evidence: (sha256: string) => string | undefined,
): Frozen[] {
  const files = new Map(recorded.map((file) => [file.path, file.sha256]));
  const decisions = eventsOf(ledger, 'decided');
  for (const event of eventsOf(ledger, 'submitted')) {
    const { digest, subject } = event.body;
    if (subject.about !== DRIFT_SUBJECT) continue;
    const verdict = verdictOf(
      ledger.graph,
      decisions.filter((one) => one.body.statement.subject === digest),
    );
    if (verdict.is !== 'approved') continue;
    if (!countVotes(stricter(subject.policy, demand), verdict.by, new Set([person(event.actor)])).met) continue;
    const frozen = subject.artifacts.find((one) => one.path === DRIFT_FILE);
    for (const one of readDrift(frozen === undefined ? undefined : evidence(frozen.sha256))?.files ?? []) {
      if ((files.get(one.path) ?? null) !== one.recorded) continue;
      if (one.present === null) files.delete(one.path);
      else files.set(one.path, one.present);
    }
  }
  return [...files].map(([path, sha256]) => ({ path, sha256 }));
}

function readDrift(text: string | undefined): Drift | undefined {
  try {
    return driftSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

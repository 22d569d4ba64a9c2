import { readRequirements } from '../domain/artifact/requirements.ts';
import { inputFault } from '../domain/fault.ts';
import { draftFeasibility, type FeasibilityDraft } from '../domain/feasibility/draft.ts';
import type { Candidate } from '../domain/feasibility/match/reuse.ts';
import { type PlatformFact, readSnapshot } from '../domain/feasibility/snapshot.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import type { Loaded } from './load.ts';
import type { Ports } from './ports.ts';
import { storedFacts } from './stored-facts.ts';

/** Kinds of extracted facts that are work which could be used again. */
const WORK = new Set(['module', 'role', 'play', 'job', 'workflow', 'entrypoint']);

/** What follows for a delivery's needs from facts; undefined while there are no requirements. */
export function draftFor(
  ports: Ports,
  { read }: Loaded,
  facts: readonly PlatformFact[],
  platform: string,
): FeasibilityDraft | undefined {
  const text = read.artifacts['requirements.md'];
  if (text === undefined) return undefined;
  return draftFeasibility({
    requirements: readRequirements(text),
    facts,
    platform,
    rules: read.policy.probes.match,
    stated: eventsOf(read.ledger, 'stated').map((event) => event.body),
    existing: existingWork(ports, read),
  });
}

/** What an extraction found, where the delivery's artifacts rest on one. */
function existingWork(ports: Ports, { id, artifacts }: Loaded['read']): Candidate[] {
  const found = storedFacts(ports, id, artifacts);
  return (found?.report.facts ?? [])
    .filter(({ kind }) => WORK.has(kind))
    .flatMap(({ name, scope, evidence }) =>
      evidence.slice(0, 1).map(({ path, line }) => ({ what: `${path}:${line}`, name: `${scope} ${name}` })),
    );
}

/** A snapshot that this delivery recorded. */
export interface StoredSnapshot {
  sha256: string;
  /** RFC 3339. */
  at: string;
  facts: PlatformFact[];
}

/**
 * The last snapshot that can be read; the order is that of the ledger.
 *
 * @param cited only the one with this hash
 */
export function lastSnapshot(ports: Ports, { read }: Loaded, cited?: string): StoredSnapshot | undefined {
  const events = eventsOf(read.ledger, 'probed');
  for (const event of events.toReversed()) {
    if (cited !== undefined && event.body.snapshot !== cited) continue;
    const bytes = ports.deliveries.evidence(read.id, event.body.snapshot);
    const facts = bytes === undefined ? undefined : readSnapshot(bytes);
    if (facts !== undefined) return { sha256: event.body.snapshot, at: event.at, facts };
  }
  return undefined;
}

/**
 * A snapshot that something is to rest on.
 *
 * @param cited only the one with this hash
 * @throws Fault `no-snapshot`
 */
export function neededSnapshot(ports: Ports, loaded: Loaded, cited?: string): StoredSnapshot {
  const last = lastSnapshot(ports, loaded, cited);
  if (last !== undefined) return last;
  const { id } = loaded.read;
  throw inputFault({
    code: 'no-snapshot',
    message: cited === undefined ? `${id} has no platform snapshot` : `${id} has no snapshot ${cited.slice(0, 12)}`,
    next: `countersign probe ${id}`,
  });
}

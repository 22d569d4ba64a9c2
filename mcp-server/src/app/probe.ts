import { inputFault } from '../domain/fault.ts';
import { diffSnapshots, type SnapshotDiff } from '../domain/feasibility/diff.ts';
import type { FeasibilityDraft } from '../domain/feasibility/draft.ts';
import { type PlatformFact, snapshotBytes, tally } from '../domain/feasibility/snapshot.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { draftFor, lastSnapshot } from './feasibility-draft.ts';
import { load, loadPolicy } from './load.ts';
import type { LookRequest } from './ports/platforms.ts';

import type { Ports } from './ports.ts';

export interface Probed {
  delivery: string;
  /** What feasibility.md names in its front matter. */
  platform: string;
  facts: PlatformFact[];
  /** Against the snapshot before; null for the first. */
  diff: SnapshotDiff | null;
  /** What follows for the needs; null while there are no requirements. */
  draft: FeasibilityDraft | null;
}

/**
 * Asks the platforms what is there and stores what was found as evidence.
 *
 * @param request names of probes and local tools; everything that policy and surroundings know when empty
 * @throws Fault `unknown-tool`, `unknown-probe`
 */
export async function probe(ports: Ports, id: string, request: LookRequest, actor: Actor): Promise<Answer<Probed>> {
  const loaded = load(ports, id);
  await checkRequest(ports, request);
  const before = lastSnapshot(ports, loaded);
  const { facts, calls } = await ports.platforms.look(loaded.read.policy.probes, request);
  const snapshot = ports.deliveries.storeEvidence(id, snapshotBytes(facts, calls), 'json');
  const counts = tally(facts);
  const body = {
    snapshot,
    present: counts.present,
    absent: counts.absent,
    denied: counts.denied,
    notProbed: counts['not-probed'],
  };
  append(ports, id, () => ({ type: 'probed', actor, body }));
  redraw(ports, id);
  const platform = `sha256:${snapshot}`;
  return {
    said: saidOf(facts),
    blocks: [],
    next: `cite it in feasibility.md: platform: ${platform}, and facts as probe:<fact id>`,
    data: {
      delivery: id,
      platform,
      facts,
      diff: before === undefined ? null : diffSnapshots(before.facts, facts),
      draft: draftFor(ports, loaded, facts, platform) ?? null,
    },
  };
}

/**
 * Looks without a delivery: nothing is stored.
 *
 * @throws Fault `unknown-tool`, `unknown-probe`
 */
export async function look(ports: Ports, request: LookRequest): Promise<Answer<{ facts: PlatformFact[] }>> {
  await checkRequest(ports, request);
  const { facts } = await ports.platforms.look(loadPolicy(ports).probes, request);
  return {
    said: `${saidOf(facts)} Nothing was stored.`,
    blocks: [],
    next: 'countersign probe ID stores a snapshot for a delivery',
    data: { facts },
  };
}

function saidOf(facts: readonly PlatformFact[]): string {
  const { present, absent, denied, 'not-probed': unseen } = tally(facts);
  return `${facts.length} facts: ${present} present, ${absent} absent, ${denied} denied, ${unseen} not probed.`;
}

async function checkRequest(ports: Ports, { probes = [], tools = [] }: LookRequest): Promise<void> {
  const known = await ports.platforms.known();
  const refuse = (code: string, what: string, unknown: readonly string[], all: readonly string[]) => {
    if (unknown.length > 0)
      throw inputFault({
        code,
        message: `${what} ${unknown.join(', ')}`,
        expected: `some of: ${all.join(', ')}`,
        next: 'let a named person state the fact instead',
      });
  };
  refuse(
    'unknown-tool',
    'this probe does not know',
    tools.filter((name) => !known.tools.includes(name)),
    known.tools,
  );
  refuse(
    'unknown-probe',
    'there is no probe',
    probes.filter((name) => !known.probes.includes(name)),
    known.probes,
  );
}

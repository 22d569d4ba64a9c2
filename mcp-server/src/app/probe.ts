import { inputFault } from '../domain/fault.ts';
import { type PlatformFact, snapshotBytes, tally } from '../domain/feasibility/snapshot.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import type { LookRequest, Ports } from './ports.ts';

export interface Probed {
  delivery: string;
  /** What feasibility.md names in its front matter. */
  platform: string;
  facts: PlatformFact[];
}

/**
 * Asks the platforms what is there and stores what was found as evidence.
 *
 * @param request names of probes and local tools; everything that policy and surroundings know when empty
 * @throws Fault `unknown-tool`, `unknown-probe`
 */
export async function probe(ports: Ports, id: string, request: LookRequest, actor: Actor): Promise<Answer<Probed>> {
  const { read } = load(ports, id);
  checkRequest(ports, request);
  const { facts, calls } = await ports.platforms.look(read.policy.probes, request);
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
  return {
    said: `${facts.length} facts: ${counts.present} present, ${counts.absent} absent, ${counts.denied} denied, ${counts['not-probed']} not probed.`,
    blocks: [],
    next: `cite it in feasibility.md: platform: sha256:${snapshot}, and facts as probe:<fact id>`,
    data: { delivery: id, platform: `sha256:${snapshot}`, facts },
  };
}

function checkRequest(ports: Ports, { probes = [], tools = [] }: LookRequest): void {
  const { known } = ports.platforms;
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

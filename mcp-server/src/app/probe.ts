import { inputFault } from '../domain/fault.ts';
import { type PlatformFact, snapshotBytes, tally } from '../domain/feasibility/snapshot.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';

export interface Probed {
  delivery: string;
  /** What feasibility.md names in its front matter. */
  platform: string;
  facts: PlatformFact[];
}

/**
 * Looks which tools this machine has and stores what was found as evidence.
 *
 * @param names tools to look for; all known ones when empty
 * @throws Fault `unknown-tool`
 */
export async function probe(ports: Ports, id: string, names: readonly string[], actor: Actor): Promise<Answer<Probed>> {
  load(ports, id);
  const unknown = names.filter((name) => !ports.tools.known.includes(name));
  if (unknown.length > 0)
    throw inputFault({
      code: 'unknown-tool',
      message: `this probe does not know ${unknown.join(', ')}`,
      expected: `some of: ${ports.tools.known.join(', ')}`,
      next: 'let a named person state the fact instead',
    });
  const facts = await ports.tools.probe(names.length === 0 ? ports.tools.known : names);
  const snapshot = ports.deliveries.storeEvidence(id, snapshotBytes(facts), 'json');
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
    said: `Probed ${facts.length} tools: ${counts.present} present, ${counts.absent} absent, ${counts.denied} denied, ${counts['not-probed']} not probed.`,
    blocks: [],
    next: `cite it in feasibility.md: platform: sha256:${snapshot}, and facts as probe:tool/NAME`,
    data: { delivery: id, platform: `sha256:${snapshot}`, facts },
  };
}

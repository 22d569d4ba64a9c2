import { contentHash } from '../domain/hash.ts';
import { idsIn } from '../domain/ids.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { mend } from '../domain/rules/mend.ts';
import { renumber } from '../domain/rules/renumber.ts';
import { ruleInput } from '../domain/rules/rule.ts';
import { redraw } from './after.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';
import { validate } from './validate.ts';

const MENDABLE = ['requirements.md', 'feasibility.md', 'design.md'] as const;

/** Mends what leaves nothing to decide in the texts of a delivery. A text that was submitted as it is stays: people decide about it. */
export function mendFindings(ports: Ports, id: string): { mended: number; left: string[] } {
  const { read } = load(ports, id);
  const { findings } = validate(ports, id).data;
  const numbers = renumber(
    ruleInput(read.artifacts, { platform: undefined, stated: new Map() }),
    recordedIds(ports, read),
  );
  const frozen = new Set(
    eventsOf(read.ledger, 'submitted').flatMap((event) => event.body.subject.artifacts.map((one) => one.sha256)),
  );
  let all = 0;
  const left: string[] = [];
  for (const name of MENDABLE) {
    const text = read.artifacts[name];
    if (text === undefined) continue;
    const path = `deliveries/${id}/${name}`;
    const result = mend(
      name,
      text,
      findings.filter((one) => one.path === path),
      numbers.get(name),
    );
    if (result.mended === 0) continue;
    if (frozen.has(contentHash(text))) left.push(path);
    else {
      ports.deliveries.writeArtifact(id, name, result.text);
      all += result.mended;
    }
  }
  if (all > 0) redraw(ports, id);
  return { mended: all, left };
}

/** Every id that an event names, or a text that was submitted. */
function recordedIds(ports: Ports, { id, ledger }: Loaded['read']): Set<string> {
  const texts = eventsOf(ledger, 'submitted').flatMap((event) => event.body.subject.artifacts.map((one) => one.sha256));
  const evidence = [...new Set(texts)].map((sha256) => ports.deliveries.evidence(id, sha256) ?? '');
  const events = ledger.graph.order.map((event) => JSON.stringify(event.body));
  return new Set([...events, ...evidence].flatMap(idsIn));
}

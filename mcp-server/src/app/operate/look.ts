import { short } from '../../domain/decision/subject.ts';
import type { Deploy } from '../../domain/deploy/deploys.ts';
import { withSets } from '../../domain/deploy/planners/planner.ts';
import type { Actor } from '../../domain/ledger/event.ts';
import type { Observed } from '../../domain/operate/event-body.ts';
import { redraw } from '../after.ts';
import { append } from '../append.ts';
import { tailOf } from '../deploy/rehearse.ts';
import { runStep, storeRun } from '../deploy/run.ts';
import type { Site } from '../deploy/site.ts';
import type { RunResult } from '../ports/running.ts';
import type { Ports } from '../ports.ts';

/** One program that looked at the running system. */
export interface Look {
  name: string;
  argv: string[];
  run: RunResult | undefined;
  /** The last of what it printed; data, never instruction. */
  tail: string;
}

/** What was deployed last and went well, with whose inputs programs look. */
export const inPlace = ({ here }: Site): Deploy | undefined =>
  here.findLast((one) => one.outcome === 'verified' || one.outcome === 'applied') ?? here.at(-1);

export async function lookAt(ports: Ports, site: Site, one: { name: string; run: readonly string[] }): Promise<Look> {
  const argv = withSets(one.run, inPlace(site)?.start.body.sets ?? {});
  const run = await runStep(ports, site.settings, { argv });
  return { name: one.name, argv, run, tail: run === undefined ? '' : tailOf(run) };
}

/** Keeps what a look printed as evidence. */
export function storeLook(ports: Ports, site: Site, { name, argv, run }: Look): string {
  const start = inPlace(site)?.start;
  return storeRun(ports, site.id, { start: start?.id ?? '', plan: start?.body.plan ?? null, what: name }, argv, run);
}

export type Seen = Observed['results'][number];

/** Records what was seen. @returns the event */
export function recordLook(
  ports: Ports,
  site: Site,
  { kind, results, actor }: { kind: Observed['kind']; results: Seen[]; actor: Actor },
): string {
  const start = inPlace(site)?.start.id ?? null;
  const body: Observed = { environment: site.environment, kind, start, results };
  const event = append(ports, site.id, () => ({ type: 'observed', actor, body }))!;
  redraw(ports, site.id);
  return event;
}

export const named = (event: string | null) => (event === null ? '' : `, recorded as ${short(event)}`);

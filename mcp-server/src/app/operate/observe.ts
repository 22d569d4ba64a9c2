import { short } from '../../domain/decision/subject.ts';
import type { Observation } from '../../domain/deploy/environment.ts';
import type { Actor, Recorded } from '../../domain/ledger/event.ts';
import { eventsOf } from '../../domain/ledger/ledger.ts';
import { oneLine } from '../../domain/one-line.ts';
import { keepsLimit, readMeasure } from '../../domain/operate/measure.ts';
import { failedIn, lastLook } from '../../domain/operate/observed.ts';
import type { Answer } from '../answer.ts';
import { proposeChange } from '../change.ts';
import { type Site, siteOf } from '../deploy/site.ts';
import { load } from '../load.ts';
import type { Ports } from '../ports.ts';
import { type Look, lookAt, named, recordLook, type Seen, storeLook } from './look.ts';

export interface ObserveView {
  delivery: string;
  environment: string;
  /** The event that tells the breaches; null where nothing is breached and nothing was. */
  event: string | null;
  results: (Omit<Seen, 'evidence'> & { evidence: string | null; limit: string })[];
  /** The change that a breach became. */
  change: number | null;
}

/**
 * Measures what the environment declares against the limits of the requirements. A breach is recorded once, with its evidence, and
 * becomes a proposed change: better is done through the same cycle as everything else.
 *
 * @param propose whether a breach opens a change
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export async function observe(
  ports: Ports,
  id: string,
  environment: string,
  { propose, actor }: { propose: boolean; actor: Actor },
): Promise<Answer<ObserveView>> {
  const site = siteOf(ports, id, environment);
  const looks: { look: Look; judged: Judged; limit: string }[] = [];
  for (const one of site.settings.observe ?? []) {
    const look = await lookAt(ports, site, one);
    looks.push({ look, judged: judge(site, one, look), limit: one.limit });
  }
  const before = lastLook(site.loaded.read.ledger, environment, 'observation');
  const now = looks.map(({ look, judged }) => ({ name: look.name, ...judged }));
  const failed = failedIn(now);
  const moved = failed.join() !== failedIn(before?.body.results ?? []).join();
  const again = before !== undefined && failed.length > 0 && wasApplied(site, before);
  const worth = moved || again;
  const results = looks.map(({ look, judged, limit }) => ({
    name: look.name,
    ...judged,
    criteria: [],
    limit,
    evidence: worth ? storeLook(ports, site, look) : null,
  }));
  const seen: Seen[] = results.map(({ limit: _, ...one }) => ({ ...one, evidence: one.evidence ?? '' }));
  const event = worth ? recordLook(ports, site, { kind: 'observation', results: seen, actor }) : (before?.id ?? null);
  const breaches = results.filter((one) => one.result === 'failed').map((one) => `${one.name}: ${one.said}`);
  const unknown = results.filter((one) => one.result === 'unknown').map((one) => `${one.name}: ${one.said}`);
  const proposed =
    propose && breaches.length > 0 && event !== null ? proposeFor(ports, site, { event, breaches, actor }) : NONE;
  const none = looks.length === 0 ? [`nothing to observe is declared for ${environment}`] : [];
  return {
    said: `${environment} of ${id}: ${breaches.length} of ${looks.length} limits are breached${worth ? named(event) : ''}.`,
    blocks: [...none, ...breaches, ...unknown, ...proposed.blocks],
    next: proposed.next,
    data: { delivery: id, environment, event: failed.length > 0 || worth ? event : null, results, change: proposed.n },
  };
}

type Judged = Pick<Seen, 'result' | 'said'>;

function judge({ loaded }: Site, { limit, bound }: Observation, { run }: Look): Judged {
  const unknown = (said: string): Judged => ({ result: 'unknown', said: said.slice(0, 500) });
  const declared = loaded.state.requirements?.limits.find((one) => one.name.toLowerCase() === limit.toLowerCase());
  if (declared === undefined) return unknown(`the requirements have no limit ${limit}`);
  if (run === undefined) return unknown('its program cannot be started');
  if (run.timedOut) return unknown('it was ended at the time limit');
  if (run.exit !== 0) return unknown(`it ended with ${run.exit}`);
  const measure = readMeasure(run.stdout.text);
  if (measure === undefined) return unknown('what it printed first is no number');
  const judged = keepsLimit(measure, declared, bound);
  if ('incomparable' in judged) return unknown(judged.incomparable);
  const side = judged.bound === 'most' ? 'at most' : 'at least';
  const value = declared.value.replace(/^(?:<=?|>=?|≤|≥|at most|at least|up to|no more than|no less than)\s*/i, '');
  const said = `${oneLine(`${measure.value} ${measure.unit}`)}, and ${declared.name} is ${side} ${value}`;
  return { result: judged.kept ? 'passed' : 'failed', said };
}

const NONE: { n: number | null; next: string; blocks: string[] } = { n: null, next: '', blocks: [] };

const openedBy = ({ loaded }: Pick<Site, 'loaded'>, event: string) =>
  eventsOf(loaded.read.ledger, 'change-opened').find((one) => one.body.because === event);

/** Whether the change that a breach became was applied: then the breach is a new one. */
function wasApplied(site: Site, look: Recorded<'observed'>): boolean {
  const opened = openedBy(site, look.id);
  return site.loaded.state.cycles.some((one) => one.n === opened?.body.n && one.status === 'APPLIED');
}

function proposeFor(
  ports: Ports,
  site: Site,
  { event, breaches, actor }: { event: string; breaches: readonly string[]; actor: Actor },
): typeof NONE {
  const { id, environment } = site;
  const loaded = load(ports, id);
  const known = openedBy({ loaded }, event);
  const go = `/spec-change ${id}`;
  if (known !== undefined) return { n: known.body.n, next: `change ${known.body.n} is about it: ${go}`, blocks: [] };
  const { change } = loaded.state;
  if (change !== null)
    return { n: null, next: `change ${change.cycle.n} is open: put it there, or close it first`, blocks: [] };
  const title = `${environment}: ${breaches.join('; ')} (observed in ${short(event)})`.slice(0, 300);
  const { data, blocks } = proposeChange(ports, id, title, actor, event);
  return {
    n: data.n,
    next: data.n === null ? '' : `opened change ${data.n}: ${go}`,
    blocks: data.n === null ? blocks : [],
  };
}

import { unknownOutcome } from '../../domain/deploy/conditions.ts';
import type { LiveCheck } from '../../domain/deploy/environment.ts';
import type { Actor } from '../../domain/ledger/event.ts';
import { failedIn, lastLook } from '../../domain/operate/observed.ts';
import type { Answer } from '../answer.ts';
import { failureOf } from '../deploy/run.ts';
import { type Site, siteOf } from '../deploy/site.ts';
import type { Ports } from '../ports.ts';
import { type Look, lookAt, named, recordLook, type Seen, storeLook } from './look.ts';

export interface Diagnosis {
  delivery: string;
  environment: string;
  /** The event that records it; null while everything is well and was well before. */
  event: string | null;
  results: (Omit<Seen, 'evidence'> & { evidence: string | null; tail: string })[];
  /** Criteria that the running system fails, with the words of the requirements. */
  failing: { id: string; text: string; checks: string[] }[];
  /** Criteria that no check of this environment looks at. */
  unseen: string[];
  /** What the system says of itself, where something failed. */
  logs: { name: string; tail: string; evidence: string }[];
}

/**
 * Asks the running system: runs every check of the environment, and where one fails the programs that show logs. All of them
 * only look. What fails is recorded with its evidence, and so is that it is well again.
 *
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export async function diagnose(
  ports: Ports,
  id: string,
  environment: string,
  actor: Actor,
): Promise<Answer<Diagnosis>> {
  const site = siteOf(ports, id, environment);
  const { settings } = site;
  const looks: { check: LiveCheck; look: Look; failure: string | undefined }[] = [];
  for (const check of [...settings.health, ...settings.checks]) {
    const look = await lookAt(ports, site, check);
    looks.push({ check, look, failure: failureOf(check, look.run) });
  }
  const failed = looks.filter((one) => one.failure !== undefined);
  const logs: Look[] = [];
  if (failed.length > 0) for (const one of settings.logs ?? []) logs.push(await lookAt(ports, site, one));
  const before = lastLook(site.loaded.read.ledger, environment, 'diagnosis');
  const worth = failed.length > 0 || failedIn(before?.body.results ?? []).length > 0;
  const results = looks.map(({ check, look, failure }) => ({
    name: check.name,
    result: failure === undefined ? ('passed' as const) : ('failed' as const),
    criteria: check.criteria ?? [],
    // The name stands beside it.
    said: (failure?.slice(`${check.name} failed: `.length) ?? 'as it has to be').slice(0, 500),
    evidence: worth ? storeLook(ports, site, look) : null,
    tail: failure === undefined ? '' : look.tail,
  }));
  const kept = logs.map((look) => ({ name: look.name, tail: look.tail, evidence: storeLook(ports, site, look) }));
  const seen: Seen[] = [
    ...results.map(({ tail: _, ...one }) => ({ ...one, evidence: one.evidence ?? '' })),
    ...kept.map(({ name, evidence }) => ({ name, result: 'unknown' as const, criteria: [], said: 'log', evidence })),
  ];
  const event = worth ? recordLook(ports, site, { kind: 'diagnosis', results: seen, actor }) : null;
  const open = site.here.filter((one) => one.open).map(unknownOutcome);
  const none = looks.length === 0 ? [`no checks are declared for ${environment}: nothing can be asked`] : [];
  return {
    said: `${environment} of ${id}: ${looks.length - failed.length} of ${looks.length} checks passed${named(event)}.`,
    blocks: [...open, ...none, ...failed.map((one) => one.failure!)],
    next:
      failed.length === 0
        ? ''
        : `countersign drift ${id} ${environment}, or countersign deploy ${id} ${environment} rollback`,
    data: {
      delivery: id,
      environment,
      event,
      results,
      ...criteriaOf(site, results),
      logs: kept,
    },
  };
}

/** Which criteria fail; one that is named by a requirement stands for all of its criteria. */
function criteriaOf({ loaded }: Site, results: Diagnosis['results']): Pick<Diagnosis, 'failing' | 'unseen'> {
  const requirements = loaded.state.requirements?.requirements ?? [];
  const known = new Map(
    requirements.flatMap((one) => [
      [one.id, one.title] as const,
      ...one.criteria.map((criterion) => [criterion.id, criterion.title] as const),
    ]),
  );
  const checks = new Map<string, string[]>();
  for (const { name, criteria, result } of results)
    if (result === 'failed') for (const id of criteria) checks.set(id, [...(checks.get(id) ?? []), name]);
  const failing = [...checks].map(([id, names]) => ({
    id,
    text: known.get(id) ?? 'it is not in requirements.md',
    checks: names,
  }));
  const looked = new Set(results.flatMap((one) => one.criteria));
  const unseen = requirements.flatMap((one) =>
    looked.has(one.id) ? [] : one.criteria.map((criterion) => criterion.id).filter((id) => !looked.has(id)),
  );
  return { failing, unseen };
}

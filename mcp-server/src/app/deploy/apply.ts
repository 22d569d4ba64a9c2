import { short } from '../../domain/decision/subject.ts';
import { notDeployable, notNow, notYetAfter } from '../../domain/deploy/conditions.ts';
import { deploysOf, deploysTo } from '../../domain/deploy/deploys.ts';
import { entitled, savedBytes } from '../../domain/deploy/entitled.ts';
import { type DeployPlan, deployPlanBytes, SAVED_FILE } from '../../domain/deploy/plan.ts';
import { PLANNERS } from '../../domain/deploy/planners/catalogue.ts';
import { readSets } from '../../domain/deploy/sets.ts';
import { sha256 } from '../../domain/hash.ts';
import type { Actor, Body, Recorded } from '../../domain/ledger/event.ts';
import type { Ledger } from '../../domain/ledger/ledger.ts';
import type { Answer } from '../answer.ts';
import { append } from '../append.ts';
import type { Ports } from '../ports.ts';
import { notReady } from './before.ts';
import { execute, movedSince } from './execute.ts';
import { beyondAll, type DeployView, noView, savedName, storePlan, submittedPlan } from './plan.ts';
import { type Rehearsed, rehearse } from './rehearse.ts';
import { planReader, type Site, siteDemand, siteOf } from './site.ts';
import { underStanding } from './under-standing.ts';

/**
 * Applies the plan that was approved, and no other: it is rehearsed again, and refused when anything moved. The start is
 * recorded before anything is changed, the end after it was verified.
 *
 * @param given `NAME=VALUE`, for a run under a standing approval; else the inputs are those that were approved
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export async function applyDeploy(
  ports: Ports,
  id: string,
  environment: string,
  { sets: given, actor }: { sets: readonly string[]; actor: Actor },
): Promise<Answer<DeployView>> {
  const held = await ports.programs.alone(environment, () => applyAlone(ports, id, environment, { given, actor }));
  if ('result' in held) return held.result;
  const blocks = [`another deploy to ${environment} is running: ${held.heldBy}`];
  return refusal(siteOf(ports, id, environment), blocks, `countersign deploy ${id} ${environment} status`);
}

export function refusal(
  { id, environment }: Site,
  blocks: string[],
  next: string,
  data: DeployView = noView(id, environment),
): Answer<DeployView> {
  return { said: `Nothing was applied to ${environment}.`, blocks, next, data };
}

async function applyAlone(
  ports: Ports,
  id: string,
  environment: string,
  { given, actor }: { given: readonly string[]; actor: Actor },
): Promise<Answer<DeployView>> {
  const site = siteOf(ports, id, environment);
  const again = `countersign deploy ${id} ${environment} plan`;
  const read =
    given.length === 0 ? { sets: submittedPlan(ports, site).plan?.sets ?? {} } : readSets(given, site.settings.sets);
  const closed = [...whyNot(ports, site), ...('problems' in read ? read.problems : [])];
  if (closed.length > 0 || 'problems' in read)
    return refusal(site, closed, `countersign deploy ${id} ${environment} status`);
  const rehearsed = (await notReady(ports, site, read.sets)) ?? (await rehearse(ports, site, read.sets));
  if ('problems' in rehearsed)
    return refusal(site, rehearsed.problems, again, { ...noView(id, environment), tail: rehearsed.tail });
  try {
    return await applyRehearsed(ports, site, rehearsed, actor);
  } finally {
    if (rehearsed.saved !== undefined) ports.programs.forget(rehearsed.saved.path);
  }
}

async function applyRehearsed(
  ports: Ports,
  site: Site,
  { plan, saved, files }: Rehearsed,
  actor: Actor,
): Promise<Answer<DeployView>> {
  const { id, environment } = site;
  const again = `countersign deploy ${id} ${environment} plan`;
  const hash = sha256(deployPlanBytes(plan));
  const view = { ...noView(id, environment), plan, hash };
  const first = covered(ports, site, site.loaded.read.ledger, plan);
  if ('lacking' in first) return refusal(site, first.lacking, again, view);

  let savedPath = saved?.path ?? '';
  if (saved !== undefined && first.basis === 'approval') {
    savedPath = ports.programs.savedPlan(savedName(id, environment));
    const kept = ports.programs.savedHash(savedPath);
    const wanted = first.submission.body.subject.artifacts.find((one) => one.path === SAVED_FILE)?.sha256;
    if (kept === undefined || sha256(savedBytes(kept)) !== wanted)
      return refusal(site, ['the plan that the tool saved is not here as it was approved'], again, view);
  }
  storePlan(ports, site, plan, undefined);
  const commit = (await ports.repository.head()) ?? null;
  const build = plan.build;
  const begun = begin(ports, site, actor, (ledger) => {
    const now = covered(ports, siteOf(ports, id, environment), ledger, plan);
    if ('lacking' in now) return now;
    if (now.basis !== first.basis) return { lacking: ['what covers it changed meanwhile: plan again'] };
    const moved = movedSince(ports, files);
    if (moved.length > 0) return { lacking: moved.map((path) => `${path} changed since it was planned`) };
    return {
      environment,
      basis: now.basis,
      digest: now.submission.body.digest,
      plan: hash,
      build,
      sets: plan.sets,
      commit,
    };
  });
  if ('lacking' in begun) return refusal(site, begun.lacking, again, view);
  const step = PLANNERS[site.settings.tool].apply({ settings: site.settings, sets: plan.sets, saved: savedPath });
  const answer = await execute(ports, site, { start: begun.start, step, plan, hash, files, actor });
  if (saved !== undefined) ports.programs.forget(savedPath);
  return { ...answer, data: { ...answer.data, digest: first.submission.body.digest } };
}

/** What keeps every apply from this environment at this moment. */
export function whyNot(ports: Ports, { loaded, gate, settings, drift, deploys, here, unlike }: Site): string[] {
  const { state } = loaded;
  return [
    ...notDeployable(state, gate, settings, drift),
    ...unlike,
    ...notYetAfter(deploys, settings.after, state.manifest.sha256 ?? ''),
    ...notNow(settings, here, ports.now().getTime()),
  ];
}

/** Whether a decision on this very plan, or a standing approval, covers it. */
function covered(
  ports: Ports,
  site: Site,
  ledger: Ledger,
  plan: DeployPlan,
): { submission: Recorded<'submitted'>; basis: 'approval' | 'standing' } | { lacking: string[] } {
  const given = {
    deploys: site.here,
    demand: siteDemand(site, ledger),
    now: ports.now().getTime(),
    planOf: planReader(ports, site.id),
  };
  const beyond = beyondAll(site, plan);
  if (beyond.length > 0) return { lacking: beyond };
  const own = entitled(ledger, plan, given);
  if ('submission' in own) return { ...own, basis: 'approval' };
  const standing = underStanding(ports, site, ledger, plan);
  if ('submission' in standing) return { ...standing, basis: 'standing' };
  return { lacking: [...own.lacking, ...standing.lacking] };
}

/**
 * Records that an apply begins, on the ledger as it is at that moment: whatever came in while the plan was rehearsed counts.
 */
export function begin(
  ports: Ports,
  site: Site,
  actor: Actor,
  decide: (ledger: Ledger) => Body<'deploy-started'> | { lacking: string[] },
): { start: string } | { lacking: string[] } {
  let lacking: string[] = [];
  const start = append(ports, site.id, (ledger) => {
    const open = deploysTo(deploysOf(ledger), site.environment).filter((one) => one.open);
    const body = decide(ledger);
    lacking = 'lacking' in body ? body.lacking : [];
    // Begun meanwhile by another machine, which no lock here knows of.
    if (body !== undefined && !('lacking' in body) && body.basis !== 'rollback' && open.length > 0)
      lacking = [`another deploy to ${site.environment} began meanwhile (${short(open[0]!.start.id)})`];
    return 'lacking' in body || lacking.length > 0 ? undefined : { type: 'deploy-started', actor, body };
  });
  return start === undefined ? { lacking } : { start };
}

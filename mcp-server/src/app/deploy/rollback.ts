import { short } from '../../domain/decision/subject.ts';
import { coverOf, type Deploy, plansOf } from '../../domain/deploy/deploys.ts';
import { entitled, frozenHash, planContent } from '../../domain/deploy/entitled.ts';
import { type DeployPlan, deployPlanBytes, ENVIRONMENT_FILE, settingsBytes } from '../../domain/deploy/plan.ts';
import { inputFault } from '../../domain/fault.ts';
import { sha256 } from '../../domain/hash.ts';
import type { Actor } from '../../domain/ledger/event.ts';
import { redraw } from '../after.ts';
import type { Answer } from '../answer.ts';
import type { Ports } from '../ports.ts';
import { begin, refusal } from './apply.ts';
import { execute } from './execute.ts';
import { type DeployView, noView, storePlan, submitPlan } from './plan.ts';
import { planOf, siteFiles } from './rehearse.ts';
import { planReader, type Site, siteDemand, siteOf } from './site.ts';
import { wayBack } from './way-back.ts';

/**
 * Brings an earlier verified state back with the environment's own command. Going back from a deploy that failed, or whose
 * outcome is unknown, to the last verified state is covered by the decision on that deploy, which froze the command; any
 * other state is planned, and waits for a decision.
 *
 * @param to the start of the deploy whose state comes back, 12 hex digits or more
 * @throws Fault `unknown-delivery`, `unknown-environment`, `unknown-deploy`
 */
export async function rollbackDeploy(
  ports: Ports,
  id: string,
  environment: string,
  { to, actor }: { to?: string | undefined; actor: Actor },
): Promise<Answer<DeployView>> {
  const held = await ports.programs.alone(environment, () => rollbackAlone(ports, id, environment, { to, actor }));
  if ('result' in held) return held.result;
  const blocks = [`another deploy to ${environment} is running: ${held.heldBy}`];
  return refusal(siteOf(ports, id, environment), blocks, 'wait for it to end');
}

async function rollbackAlone(
  ports: Ports,
  id: string,
  environment: string,
  { to, actor }: { to: string | undefined; actor: Actor },
): Promise<Answer<DeployView>> {
  const site = siteOf(ports, id, environment);
  const { here } = site;
  const goal = goalOf(here, to);
  const status = `countersign deploy ${id} ${environment} status`;
  if (goal === undefined)
    return refusal(site, ['nothing was verified here before: there is nothing to go back to'], status);
  const { plan, hash, files } = rollbackPlan(ports, site, goal);
  if (plan === undefined) {
    const commit = goal.start.body.commit ?? 'the commit that was deployed';
    const next = `check out ${commit}, then countersign deploy ${id} ${environment} plan`;
    return refusal(site, [`no rollback is declared for ${environment}`], next);
  }
  const view = { ...noView(id, environment), plan, hash };
  const undone = here.at(-1)!;
  const body = { environment, plan: hash, build: plan.build, sets: plan.sets, to: goal.start.id };
  const commit = (await ports.repository.head()) ?? null;
  const digest = coveredBy(ports, site, undone, goal);
  if (digest === undefined) {
    const own = entitled(site.loaded.read.ledger, plan, entitlement(ports, site));
    if ('lacking' in own) return proposeRollback(ports, site, { plan, actor, view, lacking: own.lacking });
  }
  storePlan(ports, site, plan, undefined);
  const begun = begin(ports, site, actor, (ledger) => {
    if (digest !== undefined) return { ...body, commit, basis: 'rollback', digest };
    const own = entitled(ledger, plan, entitlement(ports, siteOf(ports, id, environment)));
    return 'lacking' in own ? own : { ...body, commit, basis: 'approval', digest: own.submission.body.digest };
  });
  if ('lacking' in begun) return refusal(site, begun.lacking, status, view);
  const step = { argv: plan.run, exits: [0] };
  return execute(ports, site, { start: begun.start, step, plan, hash, files, actor });
}

const entitlement = (ports: Ports, site: Site) => ({
  deploys: site.here,
  demand: siteDemand(site, site.loaded.read.ledger),
  now: ports.now().getTime(),
  planOf: planReader(ports, site.id),
});

/** The state to go back to: the named one, or the last that was verified before the last deploy. */
function goalOf(here: readonly Deploy[], to: string | undefined): Deploy | undefined {
  const verified = here.filter((one) => one.outcome === 'verified');
  if (to === undefined) return verified.findLast((one) => one !== here.at(-1));
  const found = verified.filter((one) => /^[0-9a-f]{12,64}$/.test(to) && one.start.id.startsWith(to));
  if (found.length === 1) return found[0];
  throw inputFault({
    code: 'unknown-deploy',
    message: `${JSON.stringify(to)} names no verified deploy to this environment`,
    expected: `one of: ${verified.map((one) => short(one.start.id)).join(', ') || 'none was verified'}`,
  });
}

function rollbackPlan(ports: Ports, site: Site, goal: Deploy) {
  const { start } = goal;
  const run = wayBack(ports, site, goal);
  const { files, values } = siteFiles(ports, site);
  if (run === undefined) return { plan: undefined, hash: '', files };
  const projection = {
    summary: { creates: null, changes: null, destroys: null, hosts: null },
    items: [],
    detail: `back to what was deployed at ${start.at} (${short(start.id)})`,
  };
  const given = { sets: start.body.sets, files, values, run, action: 'rollback' as const, build: start.body.build };
  const plan = planOf(ports, site, projection, given);
  return { plan, hash: sha256(deployPlanBytes(plan)), files };
}

/** The decision that covers going back from the last deploy: it still stands, and froze the same settings and so the command. */
function coveredBy(ports: Ports, site: Site, undone: Deploy, goal: Deploy): string | undefined {
  const { ledger } = site.loaded.read;
  const { digest } = undone.start.body;
  const away = undone.outcome === 'failed' || undone.outcome === 'unknown';
  if (digest === null || !away || undone.start.id === goal.start.id) return undefined;
  const submission = plansOf(ledger, site.environment).find((event) => event.body.digest === digest);
  if (submission === undefined) return undefined;
  const settings = sha256(settingsBytes(site.settings));
  if (frozenHash(submission.body.subject.artifacts, ENVIRONMENT_FILE) !== settings) return undefined;
  const { lacking } = coverOf(ledger, submission, { demand: siteDemand(site, ledger), now: ports.now().getTime() });
  return lacking.length === 0 ? digest : undefined;
}

function proposeRollback(
  ports: Ports,
  site: Site,
  given: { plan: DeployPlan; actor: Actor; view: DeployView; lacking: string[] },
): Answer<DeployView> {
  const { plan, actor, view, lacking } = given;
  storePlan(ports, site, plan, undefined);
  const digest = submitPlan(ports, site, planContent(plan, undefined), actor);
  redraw(ports, site.id);
  return {
    said: `Going back to this state needs a decision of its own: digest ${short(digest)}.`,
    blocks: lacking,
    next: `a person decides: /approve ${short(digest)} (or /approve reject ${short(digest)} REASON), then the same rollback again`,
    data: { ...view, digest },
  };
}

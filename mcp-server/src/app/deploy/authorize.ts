import { canonical, type Json } from '../../domain/canonical.ts';
import { short } from '../../domain/decision/subject.ts';
import { coverOf, isSpent, plansOf } from '../../domain/deploy/deploys.ts';
import { frozenHash, planHashIn, savedBytes } from '../../domain/deploy/entitled.ts';
import { type DeployPlan, inputsHash, SAVED_FILE, settingsBytes } from '../../domain/deploy/plan.ts';
import { PLANNERS } from '../../domain/deploy/planners/catalogue.ts';
import { sha256 } from '../../domain/hash.ts';
import type { Recorded } from '../../domain/ledger/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Answer } from '../answer.ts';
import type { Ports } from '../ports.ts';
import { whyNot } from './apply.ts';
import { type DeployView, noView } from './plan.ts';
import { siteFiles } from './rehearse.ts';
import { planReader, type Site, siteDemand, siteOf } from './site.ts';

/**
 * Whether an apply that runs elsewhere, in AWX or in CI, may begin with this plan: its bytes are those of the approved plan,
 * those of the plan that the tool saved, or what the tool printed and the approved plan was made of. Writes nothing.
 *
 * @param content the file's bytes
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export function authorizeDeploy(
  ports: Ports,
  id: string,
  environment: string,
  content: Uint8Array,
): Answer<DeployView> {
  const site = siteOf(ports, id, environment);
  const found = approvedFor(ports, site, content);
  const blocks = [
    ...whyNot(ports, site),
    ...('lacking' in found ? found.lacking : notAsApproved(ports, site, found.plan)),
  ];
  const data = noView(id, environment);
  if (blocks.length > 0 || 'lacking' in found)
    return {
      said: `This plan may not be applied to ${environment}.`,
      blocks,
      next: `countersign deploy ${id} ${environment} plan`,
      data,
    };
  const { digest } = found.submission.body;
  return {
    said: `This plan may be applied to ${environment}, as approved in ${short(digest)}.`,
    blocks: [],
    next: `apply it, then countersign deploy ${id} ${environment} record`,
    data: { ...data, plan: found.plan, hash: planHashIn(found.submission) ?? null, digest },
  };
}

/** The submission that a plan's bytes belong to, when a decision on it still stands. */
export function approvedFor(
  ports: Ports,
  site: Site,
  content: Uint8Array,
): { submission: Recorded<'submitted'>; plan: DeployPlan } | { lacking: string[] } {
  const { ledger } = site.loaded.read;
  const read = planReader(ports, site.id);
  for (const submission of ledger.graph.latest(plansOf(ledger, site.environment))) {
    const plan = read(planHashIn(submission));
    if (plan === undefined || plan.action !== 'apply' || !belongs(content, submission, plan)) continue;
    const { digest } = submission.body;
    if (isSpent(site.here, digest)) return { lacking: [`the decision on ${short(digest)} was used: plan again`] };
    const cover = coverOf(ledger, submission, { demand: siteDemand(site, ledger), now: ports.now().getTime() });
    if (cover.lacking.length === 0) return { submission, plan };
    return { lacking: cover.lacking.map((text) => `${short(digest)}: ${text}`) };
  }
  return { lacking: ['it is not the plan that was submitted'] };
}

function belongs(content: Uint8Array, submission: Recorded<'submitted'>, plan: DeployPlan): boolean {
  const hash = sha256(content);
  if (hash === planHashIn(submission)) return true;
  const saved = frozenHash(submission.body.subject.artifacts, SAVED_FILE);
  if (saved !== undefined && sha256(savedBytes(hash)) === saved) return true;
  // What the tool printed; where the plan is made of several outputs, it is the last.
  const output = { exit: 0, stdout: new TextDecoder().decode(content) };
  const projection = PLANNERS[plan.tool].project([output, output], (text) => redact(text));
  if ('unreadable' in projection) return false;
  const { summary, items, detail } = plan;
  return canonical(projection as unknown as Json) === canonical({ summary, items, detail } as unknown as Json);
}

/** The files and settings that the apply will read have to be those of the plan. */
function notAsApproved(ports: Ports, site: Site, plan: DeployPlan): string[] {
  const { files } = siteFiles(ports, site);
  return [
    ...(inputsHash(files) === plan.inputs.sha256 ? [] : ['the files that the tool reads are not those of the plan']),
    ...(sha256(settingsBytes(site.settings)) === plan.definition
      ? []
      : ["the environment's settings are not those of the plan"]),
    ...(site.loaded.state.manifest.sha256 === plan.build ? [] : ['the build is not that of the plan']),
  ];
}

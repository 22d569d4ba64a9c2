import { type Frozen, type Subject, short, subjectDigest } from '../../domain/decision/subject.ts';
import { notDeployable } from '../../domain/deploy/conditions.ts';
import { coverOf, isSpent, plansOf } from '../../domain/deploy/deploys.ts';
import { planContent, planHashIn, savedBytes } from '../../domain/deploy/entitled.ts';
import { amounts, planPage } from '../../domain/deploy/page.ts';
import {
  aboutDeploy,
  beyondLimits,
  beyondRequirements,
  type DeployPlan,
  deployPlanBytes,
  settingsBytes,
} from '../../domain/deploy/plan.ts';
import { readSets } from '../../domain/deploy/sets.ts';
import { nextRound } from '../../domain/gate/gate.ts';
import { sha256 } from '../../domain/hash.ts';
import type { Actor } from '../../domain/ledger/event.ts';
import { redraw } from '../after.ts';
import type { Answer } from '../answer.ts';
import { append } from '../append.ts';
import { load } from '../load.ts';
import type { Ports } from '../ports.ts';
import { notReady } from './before.ts';
import { type Rehearsed, rehearse } from './rehearse.ts';
import { planReader, type Site, siteDemand, siteOf, storeBuild } from './site.ts';
import { underStanding } from './under-standing.ts';

/** What came of a step of a deploy. */
export interface DeployView {
  delivery: string;
  environment: string;
  /** The plan, and the hash of its bytes. */
  plan: DeployPlan | null;
  hash: string | null;
  /** Digest of the subject that waits for a decision, or whose decision was used. */
  digest: string | null;
  outcome: 'verified' | 'applied' | 'failed' | 'unknown' | null;
  checks: { name: string; result: string; evidence: string }[];
  evidence: string | null;
  /** The last of what the tool printed; data, never instruction. */
  tail: string;
}

export const noView = (delivery: string, environment: string): DeployView => ({
  delivery,
  environment,
  plan: null,
  hash: null,
  digest: null,
  outcome: null,
  checks: [],
  evidence: null,
  tail: '',
});

export const savedName = (id: string, environment: string) => `${id}-${environment}.approved`;

/**
 * Rehearses a deploy, freezes the plan as evidence, and asks for a decision on `deploy:ENVIRONMENT`; a run within an
 * approved standing approval asks for none. The same plan in an open round changes nothing.
 *
 * @param given `NAME=VALUE`, as typed
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export async function planDeploy(
  ports: Ports,
  id: string,
  environment: string,
  { sets: given, actor }: { sets: readonly string[]; actor: Actor },
): Promise<Answer<DeployView>> {
  const site = siteOf(ports, id, environment);
  const data = noView(id, environment);
  const said = `Nothing was planned for ${environment}.`;
  const read = readSets(given, site.settings.sets);
  const blocks = [
    ...notDeployable(site.loaded.state, site.gate, site.settings, site.drift),
    ...site.unlike,
    ...('problems' in read ? read.problems : []),
  ];
  if (blocks.length > 0 || 'problems' in read) return { said, blocks, next: 'mend what blocks, then plan again', data };
  const rehearsed = (await notReady(ports, site, read.sets)) ?? (await rehearse(ports, site, read.sets));
  if ('problems' in rehearsed)
    return {
      said,
      blocks: rehearsed.problems,
      next: 'mend it, then plan again',
      data: { ...data, tail: rehearsed.tail },
    };
  try {
    return planRehearsed(ports, site, rehearsed, { given, actor });
  } finally {
    if (rehearsed.saved !== undefined) ports.programs.forget(rehearsed.saved.path);
  }
}

function planRehearsed(
  ports: Ports,
  site: Site,
  { plan, saved }: Rehearsed,
  { given, actor }: { given: readonly string[]; actor: Actor },
): Answer<DeployView> {
  const { id, environment } = site;
  const data = noView(id, environment);
  const said = `Nothing was planned for ${environment}.`;
  const beyond = beyondAll(site, plan);
  const hash = sha256(deployPlanBytes(plan));
  const view = { ...data, plan, hash };
  if (beyond.length > 0)
    return { said, blocks: beyond, next: 'plan less, or have the limit changed: /spec-change', data: view };
  storePlan(ports, site, plan, saved?.sha256);
  const run = `countersign deploy ${id} ${environment}`;
  const standing = underStanding(ports, site, site.loaded.read.ledger, plan);
  if ('submission' in standing) {
    const { digest } = standing.submission.body;
    const typed = given.map((one) => ` --set ${one}`).join('');
    return {
      said: `Planned ${environment}: ${amounts(plan.summary)}; the standing approval ${short(digest)} covers it.`,
      blocks: [],
      next: `${run} apply${typed}`,
      data: { ...view, digest },
    };
  }
  const digest = submitPlan(ports, site, planContent(plan, saved?.sha256), actor);
  if (saved !== undefined) ports.programs.keepPlan(saved.path, ports.programs.savedPlan(savedName(id, environment)));
  redraw(ports, id);
  const approved = coverOf(load(ports, id).read.ledger, submissionOf(ports, id, environment, digest), {
    demand: siteDemand(site, site.loaded.read.ledger),
    now: ports.now().getTime(),
  });
  return {
    said: `Planned ${environment}: ${amounts(plan.summary)}; plan ${short(hash)}, digest ${short(digest)}.`,
    blocks: [],
    next:
      approved.lacking.length === 0
        ? `${run} apply`
        : `a person decides: /approve ${short(digest)} (or /approve reject ${short(digest)} REASON), then ${run} apply`,
    data: { ...view, digest },
  };
}

function submissionOf(ports: Ports, id: string, environment: string, digest: string) {
  return plansOf(load(ports, id).read.ledger, environment).find((event) => event.body.digest === digest)!;
}

/** What a plan does beyond the limits of its environment and of the requirements. */
export const beyondAll = ({ settings, loaded }: Site, { summary }: DeployPlan): string[] => [
  ...beyondLimits(summary, settings.limits, 'the environment'),
  ...beyondRequirements(summary, loaded.state.requirements?.limits ?? []),
];

/** Freezes everything that a decision on the plan binds. */
export function storePlan(ports: Ports, site: Site, plan: DeployPlan, saved: string | undefined): void {
  const store = (text: string, extension: string) => ports.deliveries.storeEvidence(site.id, text, extension);
  storeBuild(ports, site);
  store(deployPlanBytes(plan), 'json');
  store(planPage(plan), 'md');
  store(settingsBytes(site.settings), 'json');
  if (saved !== undefined) store(savedBytes(saved), 'json');
}

/** Asks for a decision on exactly this content; an open or approved round that was not used yet is that decision. */
export function submitPlan(ports: Ports, site: Site, artifacts: Frozen[], actor: Actor): string {
  const { id, environment, gate } = site;
  let digest = '';
  append(ports, id, (ledger) => {
    const about = aboutDeploy(environment);
    const { here } = siteOf(ports, id, environment);
    const policy = siteDemand(site, ledger);
    const open = ledger.graph.latest(plansOf(ledger, environment)).find((event) => {
      const same = JSON.stringify(event.body.subject.artifacts) === JSON.stringify(artifacts);
      const cover = coverOf(ledger, event, { demand: policy, now: ports.now().getTime() });
      return same && cover.is !== 'rejected' && cover.is !== 'revoked' && !isSpent(here, event.body.digest);
    });
    if (open !== undefined) {
      digest = open.body.digest;
      return undefined;
    }
    const subject: Subject = {
      v: 1,
      first: ledger.first.id,
      about,
      artifacts,
      upstream: [gate.content!],
      policy,
      round: nextRound(ledger, about),
    };
    digest = subjectDigest(subject);
    return { type: 'submitted', actor, body: { digest, subject } };
  });
  return digest;
}

/** The plan of the submission that counts now. */
export function submittedPlan(ports: Ports, { id, environment, loaded }: Site) {
  const submission = loaded.read.ledger.graph.latest(plansOf(loaded.read.ledger, environment)).at(-1);
  return { submission, plan: planReader(ports, id)(submission && planHashIn(submission)) };
}

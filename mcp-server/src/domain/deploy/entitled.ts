import { MANIFEST } from '../build/manifest.ts';
import { canonical } from '../canonical.ts';
import type { Frozen } from '../decision/subject.ts';
import { short } from '../decision/subject.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Demand } from '../policy/demand.ts';
import { coverOf, type Deploy, isSpent, plansOf } from './deploys.ts';
import { planPage } from './page.ts';
import {
  type DeployPlan,
  deployPlanBytes,
  ENVIRONMENT_FILE,
  movedParts,
  PLAN_FILE,
  PLAN_PAGE,
  SAVED_FILE,
} from './plan.ts';

export const savedBytes = (hash: string) => canonical({ sha256: hash });

/**
 * Everything that a decision on a plan binds: the plan, the page that people read, the settings, the manifest, and the
 * plan that the tool saved.
 */
export function planContent(plan: DeployPlan, saved: string | undefined): Frozen[] {
  return [
    { path: PLAN_PAGE, sha256: sha256(planPage(plan)) },
    { path: PLAN_FILE, sha256: sha256(deployPlanBytes(plan)) },
    { path: ENVIRONMENT_FILE, sha256: plan.definition },
    { path: MANIFEST, sha256: plan.build },
    ...(saved === undefined ? [] : [{ path: SAVED_FILE, sha256: sha256(savedBytes(saved)) }]),
  ];
}

export const planHashIn = ({ body }: Recorded<'submitted'>) => frozenHash(body.subject.artifacts, PLAN_FILE);
export const frozenHash = (artifacts: readonly Frozen[], path: string) =>
  artifacts.find((one) => one.path === path)?.sha256;

/** Whether a submission froze exactly this; a saved plan of the tool may differ from run to run and is compared apart. */
export function freezes({ body }: Recorded<'submitted'>, plan: DeployPlan): boolean {
  const wanted = planContent(plan, undefined);
  const there = body.subject.artifacts.filter((one) => one.path !== SAVED_FILE);
  return there.length === wanted.length && wanted.every(({ path, sha256 }) => frozenHash(there, path) === sha256);
}

/** Whether a plan that was rehearsed just now may be applied, with the submission whose decision says so. */
export function entitled(
  ledger: Ledger,
  plan: DeployPlan,
  given: {
    deploys: readonly Deploy[];
    demand: Demand;
    now: number;
    /** The plan of a hash, from the evidence; for the words of a refusal. */
    planOf: (sha256: string | undefined) => DeployPlan | undefined;
  },
): { submission: Recorded<'submitted'> } | { lacking: string[] } {
  const latest = ledger.graph.latest(plansOf(ledger, plan.environment));
  const submission = latest.find((event) => freezes(event, plan));
  if (submission === undefined) {
    const last = latest.at(-1);
    if (last === undefined) return { lacking: ['no plan was submitted'] };
    const before = given.planOf(planHashIn(last));
    const moved = before === undefined ? [] : movedParts(before, plan);
    return {
      lacking: [
        `the plan is not the one that was submitted (${short(last.body.digest)}): ${moved.join(', ') || 'its record'} moved`,
      ],
    };
  }
  const { digest } = submission.body;
  if (isSpent(given.deploys, digest)) return { lacking: [`the decision on ${short(digest)} was used: plan again`] };
  const { lacking } = coverOf(ledger, submission, given);
  return lacking.length === 0 ? { submission } : { lacking: lacking.map((text) => `${short(digest)}: ${text}`) };
}

import { coverOf, type Deploy, plansOf } from '../../domain/deploy/deploys.ts';
import { frozenHash, planHashIn } from '../../domain/deploy/entitled.ts';
import { type DeployPlan, ENVIRONMENT_FILE } from '../../domain/deploy/plan.ts';
import { beyondStanding } from '../../domain/deploy/standing.ts';
import type { Recorded } from '../../domain/ledger/event.ts';
import type { Ledger } from '../../domain/ledger/ledger.ts';
import type { Ports } from '../ports.ts';
import { planReader, type Site, siteDemand } from './site.ts';

/**
 * The approved submission whose standing words cover a plan: with these very settings, not revoked, and applied once
 * without failing.
 */
export function underStanding(
  ports: Ports,
  site: Site,
  ledger: Ledger,
  plan: DeployPlan,
): { submission: Recorded<'submitted'> } | { lacking: string[] } {
  const { settings, here, environment, id } = site;
  if (settings.standing === undefined) return { lacking: [] };
  const now = ports.now().getTime();
  const demand = siteDemand(site, ledger);
  const lacking: string[] = [];
  for (const submission of [...plansOf(ledger, environment)].reverse()) {
    if (frozenHash(submission.body.subject.artifacts, ENVIRONMENT_FILE) !== plan.definition) continue;
    if (!here.some((one) => wentWell(one, submission.body.digest))) continue;
    const approved = planReader(ports, id)(planHashIn(submission));
    if (approved === undefined) continue;
    const why = [
      ...coverOf(ledger, submission, { demand, now }).lacking,
      ...beyondStanding(plan, approved, settings, now),
    ];
    if (why.length === 0) return { submission };
    lacking.push(...why);
  }
  return { lacking: [...new Set(lacking)] };
}

const wentWell = ({ start, outcome }: Deploy, digest: string) =>
  start.body.digest === digest && start.body.basis === 'approval' && (outcome === 'verified' || outcome === 'applied');

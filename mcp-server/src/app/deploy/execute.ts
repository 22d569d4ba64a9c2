import type { Frozen } from '../../domain/decision/subject.ts';
import { short } from '../../domain/decision/subject.ts';
import { amounts } from '../../domain/deploy/page.ts';
import type { DeployPlan } from '../../domain/deploy/plan.ts';
import type { Step } from '../../domain/deploy/planners/planner.ts';
import type { Actor, Body } from '../../domain/ledger/event.ts';
import { redraw } from '../after.ts';
import type { Answer } from '../answer.ts';
import { append } from '../append.ts';
import { nextStep } from '../next-step.ts';
import type { RunResult } from '../ports/running.ts';
import type { Ports } from '../ports.ts';
import { type DeployView, noView } from './plan.ts';
import { stepFailure, tailOf } from './rehearse.ts';
import { type CheckResult, runStep, storeRun, verifyLive } from './run.ts';
import type { Site } from './site.ts';
import { wayBack } from './way-back.ts';

/** An apply that was recorded as begun. */
export interface Begun {
  start: string;
  step: Step;
  plan: DeployPlan;
  /** Hash of the plan. */
  hash: string;
  /** What the plan read. */
  files: readonly Frozen[];
  actor: Actor;
}

/** Applies, waits until it is healthy, checks, and records what came of it. */
export async function execute(ports: Ports, site: Site, begun: Begun): Promise<Answer<DeployView>> {
  const { settings, id } = site;
  const { start, step, plan, hash, files, actor } = begun;
  const run = await runStep(ports, settings, step);
  const evidence = storeRun(ports, id, { start, plan: hash, what: plan.action }, plan.run, run);
  const failures = [
    ...applyFailure(step, run),
    ...movedSince(ports, files).map((path) => `${path} changed while it was applied`),
  ];
  const live =
    failures.length > 0
      ? { checks: [], failures }
      : await verifyLive(ports, id, settings, { start, plan: hash, sets: plan.sets });
  return finish(ports, site, {
    start,
    plan,
    hash,
    actor,
    evidence,
    ...live,
    tail: run === undefined ? '' : tailOf(run),
  });
}

function applyFailure({ argv: [program], exits }: Step, run: RunResult | undefined): string[] {
  const failed = stepFailure(program!, run);
  if (failed !== undefined) return [failed];
  return exits.includes(run!.exit ?? -1) ? [] : [`${program} ended with ${run!.exit ?? 'a signal'}`];
}

/** Which of the files that a plan read are no longer so. New files are what tools leave behind. */
export function movedSince(ports: Ports, files: readonly Frozen[]): string[] {
  const now = new Map(ports.files.existing(files.map((one) => one.path)).map((one) => [one.path, one.sha256]));
  return files.filter((one) => now.get(one.path) !== one.sha256).map((one) => one.path);
}

/** Records the end, and reports. */
export function finish(
  ports: Ports,
  site: Site,
  given: {
    start: string;
    plan: DeployPlan | null;
    hash: string | null;
    actor: Actor;
    evidence: string;
    checks: CheckResult[];
    failures: readonly string[];
    tail: string;
  },
): Answer<DeployView> {
  const { id, environment } = site;
  const { start, plan, hash, actor, evidence, checks, failures, tail } = given;
  const outcome = failures.length > 0 ? 'failed' : checks.length > 0 ? 'verified' : 'applied';
  const reason = failures.join('; ').slice(0, 4000);
  const body: Body<'deploy-finished'> = { environment, start, outcome, reason, evidence, checks };
  append(ports, id, () => ({ type: 'deploy-finished', actor, body }));
  const after = redraw(ports, id);
  const what = plan === null ? '' : ` (${amounts(plan.summary)})`;
  const said = {
    verified: `Deployed ${id} to ${environment}: verified by ${checks.length} checks${what}.`,
    applied: `Deployed ${id} to ${environment}${what}; no checks are declared, so nothing verified it.`,
    failed: `The deploy of ${id} to ${environment} failed; what it did is recorded (${short(start)}).`,
  }[outcome];
  const goal = site.here.findLast((one) => one.outcome === 'verified');
  const back = goal === undefined ? undefined : wayBack(ports, site, goal)?.join(' ');
  const command = back === undefined ? 'no rollback is declared' : `it runs ${back}`;
  const told = goal === undefined ? 'nothing was verified here before' : command;
  return {
    said,
    blocks: [...failures],
    next: outcome === 'failed' ? `countersign deploy ${id} ${environment} rollback (${told})` : nextStep(after),
    data: { ...noView(id, environment), plan, hash, outcome, checks, evidence, tail },
  };
}

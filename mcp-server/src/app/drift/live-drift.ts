import { short } from '../../domain/decision/subject.ts';
import { unknownOutcome } from '../../domain/deploy/conditions.ts';
import type { Deploy } from '../../domain/deploy/deploys.ts';
import { type DeployPlan, movedParts } from '../../domain/deploy/plan.ts';
import { type Accepted, acceptedDrift } from '../../domain/drift/accepted.ts';
import { driftDemand } from '../../domain/drift/demand.ts';
import { foundNothing, type LiveItem, weighItems } from '../../domain/drift/live.ts';
import { aboutLive, liveHash } from '../../domain/drift/record.ts';
import { rehearse } from '../deploy/rehearse.ts';
import { planReader, type Site, siteOf } from '../deploy/site.ts';
import type { Ports } from '../ports.ts';
import { evidenceText } from '../recorded.ts';

/** A running system beside what is declared. */
export interface LiveDrift {
  /** The deploy that it is compared with. */
  base: Deploy;
  plan: DeployPlan;
  difference: string;
  /** Nothing to do; null where the tool printed something that nobody can count. */
  none: boolean | null;
  items: LiveItem[];
  accepted: Accepted | undefined;
  /** What a reader has to know to judge it, one sentence each. */
  notes: string[];
}

/**
 * Rehearses what was deployed last, with the same inputs: what the tool would change is where the running system is not as
 * declared. Nothing is changed and nothing is stored.
 *
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export async function liveDrift(
  ports: Ports,
  id: string,
  environment: string,
): Promise<LiveDrift | { blocks: string[]; tail: string }> {
  const held = await ports.programs.alone(environment, () => compare(ports, siteOf(ports, id, environment)));
  return 'result' in held
    ? held.result
    : { blocks: [`a deploy to ${environment} is running: ${held.heldBy}`], tail: '' };
}

async function compare(ports: Ports, site: Site): Promise<LiveDrift | { blocks: string[]; tail: string }> {
  const { here, environment, settings, loaded, id } = site;
  const open = here.find((one) => one.open);
  if (open !== undefined) return { blocks: [unknownOutcome(open)], tail: '' };
  const base = here.findLast((one) => one.outcome === 'verified' || one.outcome === 'applied');
  if (base === undefined)
    return { blocks: [`nothing was deployed to ${environment} yet: there is nothing to compare with`], tail: '' };
  if (loaded.state.manifest.sha256 === null) return { blocks: loaded.state.manifest.missing, tail: '' };
  const rehearsed = await rehearse(ports, site, base.start.body.sets);
  if ('problems' in rehearsed) return { blocks: rehearsed.problems, tail: rehearsed.tail };
  const { plan, saved } = rehearsed;
  if (saved !== undefined) ports.programs.forget(saved.path);
  const about = aboutLive(environment);
  const given = { demand: driftDemand(loaded.read, loaded.state, about), now: loaded.read.now };
  const difference = liveHash(plan);
  const accepted = acceptedDrift(loaded.read.ledger, about, (sha256) => evidenceText(ports, id, sha256), given).find(
    ({ record: { live } }) => live?.start === base.start.id && live.difference === difference,
  );
  const { change, requirements } = loaded.state;
  const items = weighItems(plan.items, settings, change === null || change.ready ? requirements : undefined);
  return { base, plan, difference, none: foundNothing(plan), items, accepted, notes: notesOn(ports, site, base, plan) };
}

function notesOn(ports: Ports, { id, here }: Site, base: Deploy, plan: DeployPlan): string[] {
  const { body } = base.start;
  const then = planReader(ports, id)(body.plan);
  const WHAT = new Set([
    "the environment's settings",
    'the approved build',
    'the files of values',
    'the files that the tool reads',
  ]);
  const moved = then === undefined ? [] : movedParts(then, plan).filter((part) => WHAT.has(part));
  const sets = Object.entries(body.sets).map(([name, value]) => `${name}=${value}`);
  const last = here.at(-1)!;
  return [
    ...(moved.length === 0 ? [] : [`since that deploy ${moved.join(', ')} moved: part of this is not deployed yet`]),
    ...(body.to === undefined ? [] : [`that deploy went back to the state of ${short(body.to)}`]),
    ...(last === base ? [] : [`the last deploy, ${short(last.start.id)}, is ${last.outcome}`]),
    ...(sets.length === 0 ? [] : [`compared with the inputs ${sets.join(', ')}`]),
    ...plan.admits.map((one) => `not seen: ${one}`),
  ];
}

import { readFeasibility } from '../domain/artifact/feasibility.ts';
import { readRequirements } from '../domain/artifact/requirements.ts';
import { inputFault } from '../domain/fault.ts';
import { planDesign } from '../domain/skeleton/plan.ts';
import { renderSkeleton } from '../domain/skeleton/render.ts';
import type { Answer } from './answer.ts';
import { draftFor, neededSnapshot } from './feasibility-draft.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';

export interface Skeleton {
  delivery: string;
  /** The snapshot it rests on. */
  platform: string;
  /** Text of feasibility.md as it follows from the snapshot. */
  feasibility: string;
  /** Text of design.md. */
  design: string;
}

/**
 * A first design from requirements, feasibility and the last snapshot. Writes nothing: the design is somebody's to finish. Where
 * feasibility.md is not written yet, what follows from the snapshot stands in for it.
 *
 * @throws Fault `no-requirements`, `no-snapshot`
 */
export function designSkeleton(ports: Ports, id: string): Answer<Skeleton> {
  const loaded = load(ports, id);
  const { artifacts, policy } = loaded.read;
  const { sha256, facts } = neededSnapshot(ports, loaded);
  const platform = `sha256:${sha256}`;
  const draft = draftFor(ports, loaded, facts, platform);
  const text = artifacts['requirements.md'];
  if (draft === undefined || text === undefined)
    throw inputFault({ code: 'no-requirements', message: `${id} has no requirements yet`, next: `/spec ${id}` });
  const requirements = readRequirements(text);
  const feasibility = readFeasibility(artifacts['feasibility.md'] ?? draft.text);
  const plan = planDesign(requirements, feasibility, facts, policy.probes.match);
  const open = plan.bound.filter(
    ({ need, status }) => need.required !== false && (status === 'blocked' || status === 'unknown'),
  );
  return {
    said: `${plan.parts.length} components of kind ${plan.medium.kind} and clients, from snapshot ${sha256.slice(0, 12)}.`,
    blocks: open.map(({ need, status }) => `${need.id} is required and ${status}: no design can rest on it`),
    next: 'complete what is marked open or inferred, then countersign validate',
    data: {
      delivery: id,
      platform,
      feasibility: draft.text,
      design: renderSkeleton(plan, requirements, feasibility, facts),
    },
  };
}

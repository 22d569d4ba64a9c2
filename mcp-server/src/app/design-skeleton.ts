import { readFeasibility } from '../domain/artifact/feasibility.ts';
import { type Requirements, readRequirements } from '../domain/artifact/requirements.ts';
import { inputFault } from '../domain/fault.ts';
import { planDesign } from '../domain/skeleton/plan.ts';
import { renderSkeleton } from '../domain/skeleton/render.ts';
import type { Answer } from './answer.ts';
import { draftFor, neededSnapshot } from './feasibility-draft.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';

export interface Skeleton {
  delivery: string;
  /** The snapshot it rests on. */
  platform: string;
  /** Text of design.md. */
  design: string;
}

/**
 * A first design from requirements, findings and the snapshot that they cite. Writes nothing: the design is somebody's to finish.
 * Where feasibility.md is not written yet, what follows from the last snapshot stands in for it.
 *
 * @throws Fault `no-requirements`, `no-snapshot`
 */
export function designSkeleton(ports: Ports, id: string): Answer<Skeleton> {
  const loaded = load(ports, id);
  const { feasibility: written } = loaded.state;
  const { sha256, facts } = neededSnapshot(ports, loaded, written?.front?.platform?.slice('sha256:'.length));
  const platform = `sha256:${sha256}`;
  const requirements = neededRequirements(loaded);
  const rules = loaded.read.policy.probes.match;
  const feasibility = written ?? readFeasibility(draftFor(ports, loaded, facts, platform)?.text ?? '');
  const plan = planDesign(requirements, feasibility, facts, rules);
  const open = plan.bound.filter(
    ({ need, status }) => need.required !== false && (status === 'blocked' || status === 'unknown'),
  );
  return {
    said: `${plan.parts.length} components, written as ${plan.medium.kind}, from snapshot ${sha256.slice(0, 12)}.`,
    blocks: open.map(({ need, status }) => `${need.id} is required and ${status}: no design can rest on it`),
    next: 'complete what is marked open or inferred, then countersign validate',
    data: { delivery: id, platform, design: renderSkeleton(plan, requirements, feasibility, facts) },
  };
}

/**
 * feasibility.md as it follows from the last snapshot. Writes nothing.
 *
 * @throws Fault `no-requirements`, `no-snapshot`
 */
export function feasibilityDraft(ports: Ports, id: string): Answer<{ platform: string; text: string }> {
  const loaded = load(ports, id);
  neededRequirements(loaded);
  const { sha256, facts } = neededSnapshot(ports, loaded);
  const platform = `sha256:${sha256}`;
  const { decision, text } = draftFor(ports, loaded, facts, platform)!;
  return {
    said: `What follows from snapshot ${sha256.slice(0, 12)} is ${decision}.`,
    blocks: [],
    next: 'ask people about what is unknown, then write feasibility.md',
    data: { platform, text },
  };
}

function neededRequirements({ read }: Loaded): Requirements {
  const text = read.artifacts['requirements.md'];
  if (text !== undefined) return readRequirements(text);
  throw inputFault({
    code: 'no-requirements',
    message: `${read.id} has no requirements yet`,
    next: `/spec ${read.id}`,
  });
}

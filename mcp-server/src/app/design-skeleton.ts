import { type Feasibility, readFeasibility } from '../domain/artifact/feasibility.ts';
import { type Requirements, readRequirements } from '../domain/artifact/requirements.ts';
import { type ChangeKind, deltaOf } from '../domain/delta/delta.ts';
import { inputFault } from '../domain/fault.ts';
import { diffSnapshots } from '../domain/feasibility/diff.ts';
import type { PlatformFact } from '../domain/feasibility/snapshot.ts';
import { type Plan, planDesign } from '../domain/skeleton/plan.ts';
import { renderSkeleton } from '../domain/skeleton/render.ts';
import type { Answer } from './answer.ts';
import { draftFor, lastSnapshot, neededSnapshot, type StoredSnapshot } from './feasibility-draft.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';

export interface Skeleton {
  delivery: string;
  /** The snapshot it rests on. */
  platform: string;
  /** Text of design.md. */
  design: string;
  /** Whether the requirements are as they were approved: then only the design is anew. */
  requirements: 'approved' | 'open';
  /** What a later snapshot changes; null when the cited one is the last. */
  moved: Moved | null;
}

/** What follows from a later snapshot than the one that feasibility.md cites. */
export interface Moved {
  /** `sha256:` and 64 hex digits. */
  to: string;
  /** Ids of facts that appeared, went or changed. */
  facts: string[];
  /** Needs whose finding is another one. */
  needs: { need: string; before: string; after: string }[];
  /** Entries and sections of the first design that come out differently. */
  design: { key: string; title: string; change: ChangeKind }[];
}

/**
 * A first design from requirements, findings and the snapshot that they cite. Writes nothing: the design is somebody's to finish.
 * Where feasibility.md is not written yet, what follows from the last snapshot stands in for it. Requirements that were approved
 * stay as they are when the platform moved: feasibility and design are what has to be decided again.
 *
 * @throws Fault `no-requirements`, `no-snapshot`
 */
export function designSkeleton(ports: Ports, id: string): Answer<Skeleton> {
  const loaded = load(ports, id);
  const { feasibility: written } = loaded.state;
  const snapshot = neededSnapshot(ports, loaded, written?.front?.platform?.slice('sha256:'.length));
  const requirements = neededRequirements(loaded);
  const feasibility = written ?? follows(ports, loaded, snapshot);
  const { plan, design } = skeletonOn(loaded, requirements, feasibility, snapshot.facts);
  const open = plan.bound.filter(
    ({ need, status }) => need.required !== false && (status === 'blocked' || status === 'unknown'),
  );
  const gate = loaded.state.gates.find(({ covers }) => covers.includes('requirements'));
  const approved = gate?.state === 'open';
  const moved = movedSince(ports, loaded, requirements, snapshot, feasibility);
  const stays = approved ? ' The requirements stay as they were approved.' : '';
  const later = moved === null ? '' : ` ${saidOf(moved)}${stays}`;
  return {
    said: `${plan.parts.length} components, written as ${plan.medium.kind}, from snapshot ${snapshot.sha256.slice(0, 12)}.${later}`,
    blocks: open.map(({ need, status }) => `${need.id} is required and ${status}: no design can rest on it`),
    next:
      moved === null
        ? 'complete what is marked open or inferred, then countersign validate'
        : `write feasibility.md anew on ${moved.to}, then the design: countersign probe ${id} --draft`,
    data: {
      delivery: id,
      platform: `sha256:${snapshot.sha256}`,
      design,
      requirements: approved ? 'approved' : 'open',
      moved,
    },
  };
}

function skeletonOn(
  { read }: Loaded,
  requirements: Requirements,
  feasibility: Feasibility,
  facts: readonly PlatformFact[],
): { plan: Plan; design: string } {
  const plan = planDesign(requirements, feasibility, facts, read.policy.probes.match);
  return { plan, design: renderSkeleton(plan, requirements, feasibility, facts) };
}

const follows = (ports: Ports, loaded: Loaded, { sha256, facts }: StoredSnapshot) =>
  readFeasibility(draftFor(ports, loaded, facts, `sha256:${sha256}`)?.text ?? '');

/** Both designs are drawn from facts alone, so what differs between them is the platform's doing and nobody's wording. */
function movedSince(
  ports: Ports,
  loaded: Loaded,
  requirements: Requirements,
  cited: StoredSnapshot,
  written: Feasibility,
): Moved | null {
  const last = lastSnapshot(ports, loaded);
  if (last === undefined || last.sha256 === cited.sha256) return null;
  const [before, after] = [cited, last].map((snapshot) => {
    const feasibility = follows(ports, loaded, snapshot);
    return { feasibility, ...skeletonOn(loaded, requirements, feasibility, snapshot.facts) };
  });
  const was = new Map(written.needs.map(({ need, rawStatus }) => [need, rawStatus]));
  const { appeared, gone, changed } = diffSnapshots(cited.facts, last.facts);
  return {
    to: `sha256:${last.sha256}`,
    facts: [...appeared, ...gone, ...changed.map((one) => one.after)].map((fact) => fact.id),
    needs: after!.feasibility.needs
      .map(({ need, rawStatus }) => ({ need, before: was.get(need) ?? 'unknown', after: rawStatus }))
      .filter((one) => one.before !== one.after),
    design: deltaOf(before!.design, after!.design).map(({ key, title, change }) => ({ key, title, change })),
  };
}

function saidOf({ to, facts, needs, design }: Moved): string {
  const moves = needs.map(({ need, before, after }) => `${need} ${before} -> ${after}`);
  const found = moves.length === 0 ? 'no finding changes' : moves.join(', ');
  return `A later snapshot is there (${to.slice('sha256:'.length, 'sha256:'.length + 12)}): ${facts.length} facts moved, ${found}, ${design.length} parts of the design differ.`;
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

import type { Check, Design } from '../artifact/design.ts';
import { canonical, type Json } from '../canonical.ts';
import type { ChangeKind, PieceChange } from '../delta/delta.ts';
import type { ArtifactDelta, Impact } from '../delta/impact.ts';
import { type Unit, unitsOf } from '../delta/units.ts';
import { sha256 } from '../hash.ts';

/** What is approved before anything is built: what changes in meaning, and all that has to follow. */
export interface ChangePlan {
  schema: 'countersign/change-plan@1';
  n: number;
  title: string;
  changes: PlannedChange[];
  impact: Impact;
  /** Checks that decide whether the change was applied, with what they run. */
  checks: { id: string; command: string }[];
}

export interface PlannedChange {
  artifact: string;
  change: ChangeKind;
  key: string;
  title: string;
  pieces: PieceChange[];
  /** Components that it reaches, and patterns of their paths. */
  components: string[];
  paths: string[];
}

/** The plan of a delta and its impact. */
export function planOf(
  { n, title }: { n: number; title: string },
  deltas: readonly ArtifactDelta[],
  impact: Impact,
  designs: { before: Design | undefined; now: Design | undefined },
): ChangePlan {
  const reached = new Map<string, string[]>();
  for (const [component, ids] of Object.entries(impact.because))
    for (const id of ids) reached.set(id, [...(reached.get(id) ?? []), component]);
  const known = [...(designs.before?.components ?? []), ...(designs.now?.components ?? [])];
  const paths = new Map(known.map((one) => [one.id, one.paths]));
  const checks = new Map((designs.now?.checks ?? []).map((one) => [one.id, one]));
  return {
    schema: 'countersign/change-plan@1',
    n,
    title,
    changes: deltas.flatMap(({ artifact, changes }) =>
      changes.map(({ change, key, title: name, pieces }): PlannedChange => {
        const components = reached.get(key) ?? [];
        const files = [...new Set(components.flatMap((id) => paths.get(id) ?? []))];
        return { artifact, change, key, title: name, pieces, components, paths: files };
      }),
    ),
    impact,
    checks: impact.stale.checks.map((id) => ({ id, command: commandOf(checks.get(id)) })),
  };
}

const commandOf = (check: Check | undefined) =>
  check?.method === 'command' ? (check.command?.text ?? '') : (check?.method ?? '');

/** The exact bytes that are frozen and approved. */
export const planBytes = (plan: ChangePlan) => canonical(plan as unknown as Json);

/** Hash of each requirement's own text with its criteria, by id. */
export function requirementHashes(text: string): Map<string, string> {
  const bodies = new Map<string, string[]>();
  for (const unit of unitsOf(text).values()) {
    const id = requirementIdOf(unit);
    if (id === undefined) continue;
    const body = bodies.get(id) ?? [];
    bodies.set(id, body);
    body.push(unit.key, ...unit.pieces.map((piece) => piece.text));
  }
  return new Map([...bodies].map(([id, body]) => [id, sha256(body.join('\n'))]));
}

const requirementIdOf = ({ key, within }: Unit) =>
  key.startsWith('REQ-') ? key : key.startsWith('AC-') && within.startsWith('REQ-') ? within : undefined;

/** The requirements that a delta touches, each with its hash in the base; empty text for a new one. */
export function touchedRequirements(base: string, deltas: readonly ArtifactDelta[]): Record<string, string> {
  const hashes = requirementHashes(base);
  const ids = deltas.flatMap(({ changes }) => changes.flatMap(({ key }) => requirementOfKey(key)));
  return Object.fromEntries([...new Set(ids)].map((id) => [id, hashes.get(id) ?? '']));
}

function requirementOfKey(key: string): string[] {
  if (key.startsWith('REQ-')) return [key];
  const number = /^AC-(\d+)\./.exec(key)?.[1];
  return number === undefined ? [] : [`REQ-${number}`];
}

import type { Frozen } from '../decision/subject.ts';
import { verdictOf } from '../decision/verdict.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import type { ArtifactName } from '../stage.ts';
import { type Cycle, isOpen } from './cycles.ts';

/** The artifacts that a change is about: what is built follows from them. */
export const SPECIFIED = ['requirements.md', 'feasibility.md', 'design.md'] as const satisfies readonly ArtifactName[];
const STAGES_OF = ['requirements', 'feasibility', 'design'] as const;

/** The texts of the specification that hold, by artifact: what was last approved, with the changes applied since. */
export function baselineOf(ledger: Ledger, cycles: readonly Cycle[]): Frozen[] {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const applied = new Map(cycles.flatMap((one) => (countsAsApplied(one) ? [[one.closed!.id, one] as const] : [])));
  const baseline = new Map<string, string>();
  for (const event of ledger.graph.order) {
    if (event.type === 'submitted' && isSpecification(event)) {
      if (verdictOf(ledger.graph, decisions.get(event.body.digest) ?? []).is === 'approved')
        for (const { path, sha256 } of event.body.subject.artifacts) baseline.set(path, sha256);
    }
    for (const { path, sha256 } of applied.get(event.id)?.plan?.body.result ?? []) baseline.set(path, sha256);
  }
  return SPECIFIED.flatMap((path) => {
    const sha256 = baseline.get(path);
    return sha256 === undefined ? [] : [{ path, sha256 }];
  });
}

/** Whether a change that says it was applied was one that people had approved. */
export const countsAsApplied = (cycle: Cycle) => cycle.closed?.body.status === 'APPLIED' && cycle.approvals.length > 0;

function isSpecification(event: Recorded<'submitted'>): boolean {
  const { about } = event.body.subject;
  return STAGES_OF.some((stage) => about === `stage:${stage}`);
}

/**
 * The hashes that gates compare with what was approved. While a change is open these are the base's: the approved text
 * stays the baseline. Where the present texts are exactly what an approved and applied change made, they count as the
 * texts that it started from, all together or not at all; a later submission of a stage ends that.
 */
export function asApproved(
  present: Partial<Record<ArtifactName, string>>,
  ledger: Ledger,
  cycles: readonly Cycle[],
): Partial<Record<ArtifactName, string>> {
  const open = cycles.findLast(isOpen);
  let hashes = { ...present };
  if (open !== undefined) for (const { path, sha256 } of open.base) hashes[path as ArtifactName] = sha256;
  const rank = new Map(ledger.graph.order.map((event, at) => [event.id, at]));
  const submitted = eventsOf(ledger, 'submitted').filter(isSpecification);
  const lastSubmission = Math.max(-1, ...submitted.map((event) => rank.get(event.id)!));
  const applied = cycles.filter(countsAsApplied).sort((a, b) => rank.get(b.closed!.id)! - rank.get(a.closed!.id)!);
  for (const { base, plan, closed } of applied) {
    if (rank.get(closed!.id)! < lastSubmission) break;
    const result = plan!.body.result;
    if (!result.every(({ path, sha256 }) => hashes[path as ArtifactName] === sha256)) continue;
    hashes = { ...hashes, ...Object.fromEntries(base.map(({ path, sha256 }) => [path, sha256])) };
  }
  return hashes;
}

import {
  FEASIBILITY_DECISIONS,
  type FeasibilityDecision,
  type NeedFinding,
  type NeedStatus,
} from '../artifact/feasibility.ts';
import type { Need } from '../artifact/requirements.ts';

/** A need with what was found about it. */
export interface NeedOutcome {
  need: Need;
  status: NeedStatus;
  /** Whether the finding rests on a person's word alone. */
  stated: boolean;
}

/** Pairs each need with its finding; a need without one is unknown. */
export function outcomes(needs: readonly Need[], findings: readonly NeedFinding[]): NeedOutcome[] {
  const byNeed = new Map(findings.map((finding) => [finding.need, finding]));
  return needs.map((need) => {
    const finding = byNeed.get(need.id);
    return { need, status: finding?.status ?? 'unknown', stated: /^stated\b/i.test(finding?.evidence ?? '') };
  });
}

/**
 * The decision that follows from the findings, whoever writes it (docs/probes.md).
 *
 * @param constrained ids of needs that a feasibility constraint answers for
 */
export function decide(outcome: readonly NeedOutcome[], constrained: ReadonlySet<string>): FeasibilityDecision {
  // What a requirement does not say is required until someone says it is not.
  const required = outcome.filter(({ need }) => need.required !== false);
  // Skipping is for needs that are not required: a required one that is skipped is not there.
  if (required.some(({ status }) => status === 'blocked' || status === 'skipped')) return 'not-feasible';
  if (required.some(({ status }) => status === 'unknown')) return 'undetermined';
  const weak = required.filter(({ status, stated }) => status === 'degraded' || status === 'stub' || stated);
  if (weak.length === 0) return 'feasible';
  return weak.every(({ need }) => constrained.has(need.id)) ? 'feasible-with-constraints' : 'not-feasible';
}

/** Whether a stated decision claims more than the computed one; being more cautious is allowed. */
export function tooOptimistic(stated: FeasibilityDecision, computed: FeasibilityDecision): boolean {
  return FEASIBILITY_DECISIONS.indexOf(stated) < FEASIBILITY_DECISIONS.indexOf(computed);
}

/** Decisions on which a design may rest. */
export const allowsDesign = (decision: FeasibilityDecision) =>
  decision === 'feasible' || decision === 'feasible-with-constraints';

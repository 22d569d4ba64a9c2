import type { CheckState } from '../build/manifest.ts';
import type { DeliveryState } from '../delivery.ts';
import type { Trace } from '../trace/trace.ts';

/** How far something is proven: the state of the check that says the least, or that there is none, or not yet a design. */
export type Proof = CheckState | 'no-check' | 'not-designed';

/** From what proves least to what proves most. */
const WORST_FIRST: readonly Proof[] = [
  'failed',
  'stale',
  'not-run',
  'no-check',
  'not-designed',
  'to-confirm',
  'not-testable',
  'passed',
];

export interface CriterionRow {
  id: string;
  text: string;
  proof: Proof;
  checks: { id: string; state: string }[];
}

/** One requirement with what realises and what proves it. */
export interface RequirementRow {
  id: string;
  title: string;
  statements: string[];
  inferred: string | null;
  proof: Proof;
  criteria: CriterionRow[];
  components: { id: string; title: string }[];
  decisions: { id: string; title: string }[];
}

/** Requirements in their order, with evidence by criterion; an id that stands twice is one row. */
export function matrix(state: DeliveryState, trace: Trace): RequirementRow[] {
  const seen = new Set<string>();
  // Before there is a design, a criterion without a check is no fault of anybody.
  const unchecked: Proof = state.design === undefined ? 'not-designed' : 'no-check';
  return (state.requirements?.requirements ?? []).flatMap((requirement): RequirementRow[] => {
    const { id, title, statements } = requirement;
    if (seen.has(id)) return [];
    seen.add(id);
    const criteria = trace.below(id, 'criterion').map((criterion): CriterionRow => {
      const checks = trace.below(criterion.id, 'check').map((check) => ({ id: check.id, state: check.state }));
      const proof = worst(checks.length === 0 ? [unchecked] : checks.map((check) => check.state as Proof));
      return { id: criterion.id, text: criterion.title, proof, checks };
    });
    const named = (kind: 'component' | 'decision') =>
      trace.below(id, kind).map((node) => ({ id: node.id, title: node.title }));
    return [
      {
        id,
        title,
        statements: statements.map((one) => one.text),
        inferred: requirement.inferred ?? null,
        proof: worst(criteria.length === 0 ? [unchecked] : criteria.map((one) => one.proof)),
        criteria,
        components: named('component'),
        decisions: named('decision'),
      },
    ];
  });
}

const worst = (all: readonly Proof[]): Proof => WORST_FIRST.find((one) => all.includes(one))!;

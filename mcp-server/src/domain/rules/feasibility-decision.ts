import { keyLine } from '../artifact/front-matter.ts';
import { constrainedNeeds } from '../feasibility/constrained.ts';
import { decide, outcomes, tooOptimistic } from '../feasibility/decision.ts';
import { reasonsFor } from '../feasibility/reasons.ts';
import type { Rule } from './rule.ts';

const NEEDS = '## Capabilities\n\n### CAP-1: Python\n\n- Required: yes\n\n### CAP-2: Docker\n\n- Required: yes\n';
const claims = (decision: string, status: string, more = '') =>
  `---\ncountersign: feasibility/1\ndecision: ${decision}\n---\n\n## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n| CAP-1 | resolved | 3.11 | probe:tool/python3 |\n| CAP-2 | ${status} | old | probe:tool/docker |\n${more}`;
const CONSTRAINT = '\n## Feasibility constraints\n\n### FC-1: Old engine\n\n- Answers: CAP-2\n\nNo build cache.\n';

export const feasibilityDecision: Rule = {
  id: 'feasibility-decision',
  severity: 'error',
  mandatory: true,
  summary: 'The decision is no better than what follows from the findings; more caution is allowed.',
  examples: [
    {
      title: 'a decision that follows from the findings',
      artifacts: { 'requirements.md': NEEDS, 'feasibility.md': claims('feasible', 'resolved') },
      reports: [],
    },
    {
      title: 'a weak finding with its constraint',
      artifacts: {
        'requirements.md': NEEDS,
        'feasibility.md': claims('feasible-with-constraints', 'degraded', CONSTRAINT),
      },
      reports: [],
    },
    {
      title: 'more caution than is needed',
      artifacts: { 'requirements.md': NEEDS, 'feasibility.md': claims('undetermined', 'resolved') },
      reports: [],
    },
    {
      title: 'a required need that is blocked',
      artifacts: { 'requirements.md': NEEDS, 'feasibility.md': claims('feasible', 'blocked') },
      reports: [3],
    },
    {
      title: 'a required need that nobody looked at',
      artifacts: { 'requirements.md': NEEDS, 'feasibility.md': claims('feasible-with-constraints', 'unknown') },
      reports: [3],
    },
    {
      title: 'a weak finding without a constraint',
      artifacts: { 'requirements.md': NEEDS, 'feasibility.md': claims('feasible-with-constraints', 'degraded') },
      reports: [3],
    },
    {
      title: 'a weak finding that is passed over in silence',
      artifacts: { 'requirements.md': NEEDS, 'feasibility.md': claims('feasible', 'stub', CONSTRAINT) },
      reports: [3],
    },
  ],
  check({ requirements, feasibility }) {
    const decision = feasibility?.front?.decision;
    if (requirements === undefined || feasibility === undefined || decision === undefined) return [];
    const outcome = outcomes([...requirements.capabilities, ...requirements.systems], feasibility.needs);
    const constrained = constrainedNeeds(feasibility);
    const computed = decide(outcome, constrained);
    if (!tooOptimistic(decision, computed)) return [];
    const reasons = reasonsFor(outcome, constrained).join('; ');
    return [
      {
        path: feasibility.path,
        line: keyLine(feasibility.doc, 'decision'),
        message: `the decision says ${decision}, and the findings say ${computed}: ${reasons}`,
        fix: `write decision: ${computed}, or settle these needs: new evidence, a constraint "- Answers: <need>", or requirements that do without`,
      },
    ];
  },
};

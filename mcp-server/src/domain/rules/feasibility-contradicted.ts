import { citationsOf } from '../feasibility/evidence.ts';
import type { Rule } from './rule.ts';

const HEAD = '## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n';

export const feasibilityContradicted: Rule = {
  id: 'feasibility-contradicted',
  severity: 'warning',
  summary:
    'A blocked finding does not cite a fact that is present: either something else is missing, or it is not blocked.',
  examples: [
    {
      title: 'blocked by what is absent',
      artifacts: { 'feasibility.md': `${HEAD}| CAP-1 | blocked | not installed | probe:tool/docker |\n` },
      facts: [{ id: 'tool/docker', outcome: 'absent' }],
      reports: [],
    },
    {
      title: 'blocked by what is there',
      artifacts: { 'feasibility.md': `${HEAD}| CAP-1 | blocked | not installed | probe:tool/docker |\n` },
      facts: [{ id: 'tool/docker', outcome: 'present', version: '26.1' }],
      reports: [5],
    },
  ],
  check({ feasibility, platform }) {
    if (feasibility === undefined || platform === undefined) return [];
    const present = new Set(platform.facts.filter((fact) => fact.outcome === 'present').map((fact) => fact.id));
    return feasibility.needs
      .filter(({ status }) => status === 'blocked')
      .flatMap(({ need, evidence, line }) =>
        citationsOf(evidence)
          .filter((one) => one.kind === 'probe' && present.has(one.ref))
          .map(({ ref }) => ({
            path: feasibility.path,
            line,
            message: `${need} is blocked, and it cites ${ref}, which is present`,
            fix: 'cite what blocks it, or correct the status',
          })),
      );
  },
};

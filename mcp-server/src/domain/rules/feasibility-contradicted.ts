import { citationsOf } from '../feasibility/evidence.ts';
import type { Rule } from './rule.ts';

const HEAD = '## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n';

export const feasibilityContradicted: Rule = {
  id: 'feasibility-contradicted',
  severity: 'warning',
  summary:
    'A blocked finding does not cite a fact that is present, or that nobody could look at: what was not probed is unknown, not missing.',
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
    {
      title: 'blocked by what could not be looked at',
      artifacts: { 'feasibility.md': `${HEAD}| CAP-1 | blocked | no answer | probe:netbox/ipam |\n` },
      facts: [{ id: 'netbox/ipam', outcome: 'not-probed', reason: 'no answer within 20 s' }],
      reports: [5],
    },
  ],
  check({ feasibility, platform }) {
    if (feasibility === undefined || platform === undefined) return [];
    const outcomes = new Map(platform.facts.map((fact) => [fact.id, fact.outcome]));
    return feasibility.needs
      .filter(({ status }) => status === 'blocked')
      .flatMap(({ need, evidence, line }) =>
        citationsOf(evidence).flatMap(({ kind, ref }) => {
          const outcome = kind === 'probe' ? outcomes.get(ref) : undefined;
          if (outcome !== 'present' && outcome !== 'not-probed') return [];
          const said = outcome === 'present' ? 'present' : 'not probed';
          return [
            {
              path: feasibility.path,
              line,
              message: `${need} is blocked, and it cites ${ref}, which is ${said}`,
              fix:
                outcome === 'present' ? 'cite what blocks it, or correct the status' : 'write unknown, or look again',
            },
          ];
        }),
      );
  },
};

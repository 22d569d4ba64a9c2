import { answeredNeeds } from '../feasibility/constrained.ts';
import type { Rule } from './rule.ts';

export const constraintReference: Rule = {
  id: 'constraint-reference',
  severity: 'warning',
  summary: 'A feasibility constraint names the needs it answers, because a weak finding counts as settled only then.',
  examples: [
    {
      title: 'in a field, and in the text',
      artifacts: {
        'feasibility.md':
          '## Feasibility constraints\n\n- **FC-1** SYS-1 is read only: writes go through a ticket.\n\n### FC-2: Old engine\n\n- Answers: CAP-2\n',
      },
      reports: [],
    },
    {
      title: 'a constraint about nothing in particular',
      artifacts: { 'feasibility.md': '## Feasibility constraints\n\n### FC-1: Old engine\n\nNo build cache.\n' },
      reports: [3],
    },
  ],
  check: ({ feasibility }) =>
    (feasibility?.constraints ?? [])
      .filter((constraint) => answeredNeeds(constraint).length === 0)
      .map(({ id, line }) => ({
        path: feasibility!.path,
        line,
        message: `${id} does not say which need it answers`,
        fix: 'add "- Answers: SYS-n", or name the need in its text',
      })),
};

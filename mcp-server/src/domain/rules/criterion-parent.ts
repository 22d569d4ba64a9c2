import { requirementOf } from '../ids.ts';
import type { Rule } from './rule.ts';

export const criterionParent: Rule = {
  id: 'criterion-parent',
  severity: 'error',
  summary: 'The first number of a criterion is that of the requirement it stands under.',
  examples: [
    {
      title: 'criteria under their requirement',
      artifacts: { 'requirements.md': '## Requirements\n\n### REQ-2: A\n\n- **AC-2.1** a\n- **AC-2.2** b\n' },
      reports: [],
    },
    {
      title: 'a criterion under another requirement',
      artifacts: { 'requirements.md': '## Requirements\n\n### REQ-2: A\n\n- **AC-2.1** a\n- **AC-3.1** b\n' },
      reports: [6],
    },
  ],
  check: ({ requirements }) =>
    (requirements?.requirements ?? []).flatMap((requirement) =>
      requirement.criteria
        .filter((criterion) => requirementOf(criterion.id) !== requirement.id)
        .map(({ id, line }) => ({
          path: requirements!.path,
          line,
          message: `${id} stands under ${requirement.id}, and its number says ${requirementOf(id)}`,
          fix: `move it, or number it AC-${requirement.id.slice('REQ-'.length)}.n`,
        })),
    ),
};

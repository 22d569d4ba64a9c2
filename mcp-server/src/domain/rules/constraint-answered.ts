import { sectionOf } from '../artifact/markdown.ts';
import { idsIn } from '../ids.ts';
import type { Rule } from './rule.ts';

const requirements = '## Constraints\n\n- **CON-1** No new server.\n';

export const constraintAnswered: Rule = {
  id: 'constraint-answered',
  severity: 'warning',
  atSubmission: 'error',
  summary:
    'The design refers to every constraint of the requirements and of the feasibility, so that none is forgotten.',
  examples: [
    {
      title: 'a constraint that a decision names',
      artifacts: {
        'requirements.md': requirements,
        'design.md': '## Decisions\n\n### DEC-1: Runner\n\n- Choice: the CI runner\n- Rationale: CON-1\n',
      },
      reports: [],
    },
    {
      title: 'constraints that nothing names',
      artifacts: {
        'requirements.md': requirements,
        'feasibility.md': '## Feasibility constraints\n\n- **FC-1** SYS-1 is read only.\n',
        'design.md': '# D\n\n## Decisions\n\nNone.\n',
      },
      reports: [3, 3],
    },
  ],
  check({ requirements, feasibility, design }) {
    if (design === undefined) return [];
    const named = new Set(idsIn(design.doc.text));
    return [...(requirements?.constraints ?? []), ...(feasibility?.constraints ?? [])]
      .filter(({ id }) => !named.has(id))
      .map(({ id }) => ({
        path: design.path,
        line: sectionOf(design.doc, 'Decisions')?.line ?? 1,
        message: `the design does not say how it keeps ${id}`,
        fix: `name ${id} where it is kept: a decision, a component or a check`,
      }));
  },
};

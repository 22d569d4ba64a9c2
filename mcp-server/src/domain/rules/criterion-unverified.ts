import type { Rule } from './rule.ts';

export const criterionUnverified: Rule = {
  id: 'criterion-unverified',
  severity: 'error',
  summary: 'Every acceptance criterion is verified by a check of the design.',
  examples: [
    {
      title: 'a criterion with a check',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL greet.\n\n- **AC-1.1** It prints a name.\n',
        'design.md': '## Verification\n\n### CHK-1: Greets\n\n- Criterion: AC-1.1\n- Method: command\n',
      },
      reports: [],
    },
    {
      title: 'a criterion that no check names',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL greet.\n\n- **AC-1.1** It prints a name.\n',
        'design.md': '## Verification\n',
      },
      reports: [1],
    },
  ],
  check({ requirements, design }) {
    if (requirements === undefined || design === undefined) return [];
    const verified = new Set(design.checks.flatMap((check) => check.criteria));
    const section = design.doc.sections.find((one) => one.title === 'Verification');
    return requirements.requirements
      .flatMap((requirement) => requirement.criteria)
      .filter((criterion) => !verified.has(criterion.id))
      .map((criterion) => ({
        path: design.path,
        line: section?.line ?? 1,
        message: `${criterion.id} has no check`,
        fix: `add a block "### CHK-n: ..." with "- Criterion: ${criterion.id}"`,
      }));
  },
};

import type { Rule } from './rule.ts';

export const criterionMissing: Rule = {
  id: 'criterion-missing',
  severity: 'error',
  summary: 'A requirement has acceptance criteria: without one nobody can say whether it is met.',
  examples: [
    {
      title: 'a requirement with a criterion',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL greet.\n\n- **AC-1.1** It prints a name.\n',
      },
      reports: [],
    },
    {
      title: 'criteria below a heading of their own',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL greet.\n\n#### Acceptance criteria\n\n1. AC-1.1: It prints a name.\n',
      },
      reports: [],
    },
    {
      title: 'a requirement without one',
      artifacts: {
        'requirements.md': '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL greet.\n\n- It prints a name.\n',
      },
      reports: [3],
    },
  ],
  check: ({ requirements }) =>
    (requirements?.requirements ?? [])
      .filter((requirement) => requirement.criteria.length === 0)
      .map(({ id, line }) => ({
        path: requirements!.path,
        line,
        message: `${id} has no acceptance criterion`,
        fix: `add a list item "- **AC-${id.slice('REQ-'.length)}.1** ..." that says what can be observed`,
      })),
};

import type { Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

export const inferredUnconfirmed: Rule = {
  id: 'inferred-unconfirmed',
  severity: 'info',
  summary:
    'A statement that was concluded and not said by a person is listed until someone confirms it; approving confirms it.',
  examples: [
    {
      title: 'statements that people made',
      artifacts: { 'requirements.md': '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL greet.\n\n- **AC-1.1** a\n' },
      reports: [],
    },
    {
      title: 'a requirement and a criterion that were concluded',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: A\n\nThe tool SHALL greet. (inferred: main.py prints a name)\n\n- **AC-1.1** a (inferred: a test of the old tool)\n',
      },
      reports: [3, 7],
    },
  ],
  check: ({ requirements }) =>
    (requirements?.requirements ?? [])
      .flatMap((requirement) => [requirement, ...requirement.criteria])
      .flatMap(({ id, line, inferred }) =>
        inferred === undefined
          ? []
          : [
              {
                path: requirements!.path,
                line,
                message: `${id} was concluded from ${quoted(inferred)}`,
                fix: 'take the mark out once someone who knows has confirmed it; approving confirms it, too',
              },
            ],
      ),
};

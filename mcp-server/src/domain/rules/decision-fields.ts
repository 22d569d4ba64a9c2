import { fieldsOf } from '../artifact/fields.ts';
import { paragraphsOf, type Section } from '../artifact/markdown.ts';
import type { Rule } from './rule.ts';

export const decisionFields: Rule = {
  id: 'decision-fields',
  severity: 'error',
  summary: 'A decision says what was chosen and why; in half a year the reason is what is missed.',
  examples: [
    {
      title: 'choice and reason in a list, and in prose',
      artifacts: {
        'design.md':
          '## Decisions\n\n### DEC-1: Language\n\n- **Choice:** Python\n- **Rationale:** it is on every host\n\n### DEC-2: Storage\n\n**Choice:** files\n\n**Rationale:** they are in git.\n',
      },
      reports: [],
    },
    {
      title: 'a choice without a reason, and an empty choice',
      artifacts: {
        'design.md':
          '## Decisions\n\n### DEC-1: Language\n\n- Choice: Python\n\n### DEC-2: Storage\n\n- Choice:\n- Rationale: why not\n',
      },
      reports: [3, 7],
    },
  ],
  check: ({ design }) =>
    (design?.decisions ?? []).flatMap(({ id, line, block }) =>
      (['Choice', 'Rationale'] as const)
        .filter((key) => block !== undefined && !says(block, key))
        .map((key) => ({
          path: design!.path,
          line,
          message: `${id} has no ${key}`,
          fix: `add "- ${key}: ..." that says ${key === 'Choice' ? 'what was decided' : 'why this and not another way'}`,
        })),
    ),
};

/** In a list line, or in a paragraph that starts with the word, as decision records are often written. */
function says(block: Section, key: string): boolean {
  if (fieldsOf(block).get(key.toLowerCase())?.values.length) return true;
  return paragraphsOf(block).some(({ text }) => new RegExp(`^${key}:\\s*\\S`, 'i').test(text));
}

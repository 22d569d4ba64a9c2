import { allFieldsOf } from '../artifact/fields.ts';
import type { Rule } from './rule.ts';
import { knownSections } from './section-facts.ts';

/** The fields that are read, of blocks of every kind; other lines may repeat. */
const READ = new Set([
  ...['required', 'if not available', 'answer', 'answers'],
  ...['kind', 'action', 'realises', 'depends on', 'paths'],
  ...['criterion', 'criteria', 'component', 'method', 'expect', 'reason'],
]);

export const duplicateField: Rule = {
  id: 'duplicate-field',
  severity: 'error',
  mandatory: true,
  summary: 'A field stands once in its block: only the first of them is read.',
  examples: [
    {
      title: 'several values in one field, and lines that nothing reads',
      artifacts: {
        'design.md':
          '## Verification\n\n### CHK-1: A\n\n- Criterion: AC-1.1, AC-1.2\n- Expect:\n  - exit 0\n  - stdout contains a\n- Note: one\n- Note: two\n',
      },
      reports: [],
    },
    {
      title: 'the same field twice',
      artifacts: { 'design.md': '## Verification\n\n### CHK-1: A\n\n- Criterion: AC-1.1\n- **Criterion:** AC-1.2\n' },
      reports: [6],
    },
  ],
  check: (input) =>
    knownSections(input)
      .filter(({ facts }) => facts.form === 'blocks' || facts.form === 'entries')
      .flatMap(({ path, section }) =>
        (section?.blocks ?? []).flatMap((block) => {
          const seen = new Set<string>();
          return allFieldsOf(block).flatMap(({ key, line }) => {
            // Every Expect of a check is read.
            const repeated = READ.has(key) && seen.has(key) && key !== 'expect';
            seen.add(key);
            if (!repeated) return [];
            return [
              {
                path,
                line,
                message: `${key} stands here a second time, and only the first is read`,
                fix: 'join the values in one field: separated by commas, or as a nested list',
              },
            ];
          });
        }),
      ),
};

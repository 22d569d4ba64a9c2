import { bareTitle } from '../artifact/markdown.ts';
import type { Rule } from './rule.ts';
import { knownSections } from './section-facts.ts';

export const duplicateSection: Rule = {
  id: 'duplicate-section',
  severity: 'error',
  mandatory: true,
  summary: 'A section that is read stands once in its artifact: only the first of them would count.',
  examples: [
    {
      title: 'each section once, and prose under a heading of its own',
      artifacts: { 'requirements.md': '## Goal\n\nA.\n\n## Notes\n\nB.\n\n## Notes\n\nC.\n' },
      reports: [],
    },
    {
      title: 'the same section twice',
      artifacts: { 'requirements.md': '## Requirements\n\n### REQ-1: A\n\n## 2. requirements\n\n### REQ-2: B\n' },
      reports: [5],
    },
  ],
  check: (input) =>
    knownSections(input).flatMap(({ path, doc, facts, section }) =>
      doc.sections
        .filter((one) => one !== section && one.depth === 2 && bareTitle(one.title) === facts.title.toLowerCase())
        .map((one) => ({
          path,
          line: one.line,
          message: `${facts.title} stands here a second time, and only the first in line ${section?.line} is read`,
          fix: 'move its entries into the first one',
        })),
    ),
};

import type { Rule } from './rule.ts';
import { knownSections } from './section-facts.ts';

const WHOLE = '## Problem\n\nA.\n\n## Goal\n\nB.\n\n## Scope\n\nC.\n\n## Requirements\n\n### REQ-1: D\n\nIt SHALL D.\n';

export const requiredSection: Rule = {
  id: 'required-section',
  severity: 'error',
  summary: 'An artifact has the sections without which a reviewer cannot decide, and none of them is empty.',
  examples: [
    { title: 'all of them', artifacts: { 'requirements.md': WHOLE }, reports: [] },
    {
      title: 'numbered headings in other letter case',
      artifacts: { 'feasibility.md': '## 1. FINDINGS\n\nNothing is needed.\n' },
      reports: [],
    },
    {
      title: 'a missing section',
      artifacts: { 'requirements.md': WHOLE.replace('## Scope\n\nC.\n\n', '') },
      reports: [1],
    },
    {
      title: 'an empty section',
      artifacts: { 'requirements.md': WHOLE.replace('B.\n\n', '') },
      reports: [5],
    },
    {
      title: 'requirements without a single entry',
      artifacts: { 'requirements.md': WHOLE.replace('### REQ-1: D\n\nIt SHALL D.', 'To be written.') },
      reports: [13],
    },
  ],
  check: (input) =>
    knownSections(input).flatMap(({ path, facts, section }) => {
      if (!facts.required) return [];
      const { title, holds, prefix } = facts;
      if (section === undefined)
        return [{ path, line: 1, message: `the section ${title} is missing`, fix: `add "## ${title}": ${holds}` }];
      if (section.blocks.length > 0) return [];
      if (prefix !== undefined)
        return [
          { path, line: section.line, message: `${title} has no entry`, fix: `add a block "### ${prefix}-1: ..."` },
        ];
      if (section.nodes.length > 0) return [];
      return [{ path, line: section.line, message: `${title} is empty`, fix: `say ${holds}` }];
    }),
};

import { declared } from './duplicate-id.ts';
import type { Rule } from './rule.ts';

const requirements = {
  'requirements.md': '## Requirements\n\n### REQ-2: Mail\n\nIt SHALL mail.\n\n- **AC-2.1** A mail.\n',
};

export const idReused: Rule = {
  id: 'id-reused',
  severity: 'error',
  mandatory: true,
  summary:
    'An id that was approved and taken out again is not given to something else: approvals, evidence and tickets still mean the old one. What comes back under its old title may have its old id.',
  examples: [
    { title: 'an id that was never used before', artifacts: requirements, reports: [] },
    { title: 'the same entry comes back', artifacts: requirements, retired: { 'REQ-2': 'Mail' }, reports: [] },
    {
      title: 'the id of something that was taken out',
      artifacts: requirements,
      retired: { 'REQ-2': 'Print the report' },
      reports: [3],
    },
  ],
  check(input) {
    const { retired } = input;
    if (retired === undefined || retired.size === 0) return [];
    return declared(input).flatMap(({ path, entry: { id, title, line } }) => {
      const before = retired.get(id);
      if (before === undefined || bare(before) === bare(title)) return [];
      const fix = 'give it the next number that was never used';
      return [{ path, line, message: `${id} was approved for something else, and taken out again`, fix }];
    });
  },
};

const bare = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

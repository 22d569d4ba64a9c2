import type { Rule } from './rule.ts';

export const frontMatter: Rule = {
  id: 'front-matter',
  severity: 'error',
  summary:
    'An artifact starts with a front matter whose first key says what it is, and whose keys and values are known.',
  examples: [
    {
      title: 'a complete front matter',
      artifacts: { 'requirements.md': '---\ncountersign: requirements/1\ntitle: DNS\nowner: Ann\n---\n' },
      reports: [],
    },
    { title: 'none at all', artifacts: { 'requirements.md': '# DNS\n' }, reports: [1] },
    {
      title: 'a misspelt key',
      artifacts: { 'requirements.md': '---\ncountersign: requirements/1\ntitle: DNS\nowner: Ann\nrisks: low\n---\n' },
      reports: [5],
    },
    {
      title: 'YAML that does not parse',
      artifacts: { 'feasibility.md': '---\ncountersign: feasibility/1\ndecision: [feasible\n---\n' },
      reports: [3],
    },
  ],
  check: ({ requirements, feasibility, design }) =>
    [requirements, feasibility, design].flatMap((artifact) => artifact?.findings ?? []),
};

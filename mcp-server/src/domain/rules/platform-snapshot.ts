import { keyLine } from '../artifact/front-matter.ts';
import type { Rule } from './rule.ts';

const TEXT = `---\ncountersign: feasibility/1\ndecision: feasible\nplatform: sha256:${'0'.repeat(64)}\n---\n`;

export const platformSnapshot: Rule = {
  id: 'platform-snapshot',
  severity: 'error',
  mandatory: true,
  summary: 'The platform snapshot that feasibility.md rests on is in the delivery, so that everyone can look at it.',
  examples: [
    { title: 'a snapshot that is there', artifacts: { 'feasibility.md': TEXT }, facts: [], reports: [] },
    {
      title: 'none, because people stated everything',
      artifacts: { 'feasibility.md': TEXT.replace(/platform.*\n/, '') },
      reports: [],
    },
    { title: 'a snapshot that is not there', artifacts: { 'feasibility.md': TEXT }, reports: [4] },
  ],
  check({ feasibility, platform }) {
    const cited = feasibility?.front?.platform;
    if (feasibility === undefined || cited === undefined || cited === `sha256:${platform?.sha256}`) return [];
    return [
      {
        path: feasibility.path,
        line: keyLine(feasibility.doc, 'platform'),
        message: `no probe of this delivery recorded ${cited.slice(0, 'sha256:'.length + 12)}`,
        fix: 'probe the platform and write the hash that it prints',
      },
    ];
  },
};

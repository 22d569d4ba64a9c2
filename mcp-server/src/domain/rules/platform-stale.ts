import { keyLine } from '../artifact/front-matter.ts';
import type { Rule } from './rule.ts';

const TEXT = `---\ncountersign: feasibility/1\ndecision: feasible\nplatform: sha256:${'0'.repeat(64)}\n---\n`;

export const platformStale: Rule = {
  id: 'platform-stale',
  severity: 'warning',
  summary:
    'The platform snapshot is not older than policy says (`probes.stale`, in days): adapters stop and rights are taken away.',
  examples: [
    {
      title: 'a snapshot of last week',
      artifacts: { 'feasibility.md': TEXT },
      facts: [],
      age: { days: 7, limit: 30 },
      reports: [],
    },
    {
      title: 'a snapshot of last year',
      artifacts: { 'feasibility.md': TEXT },
      facts: [],
      age: { days: 400, limit: 30 },
      reports: [4],
    },
  ],
  check({ feasibility, platform }) {
    if (feasibility === undefined || platform?.age === undefined) return [];
    const { days, limit } = platform.age;
    if (days <= limit) return [];
    return [
      {
        path: feasibility.path,
        line: keyLine(feasibility.doc, 'platform'),
        message: `the snapshot is ${days} days old, and policy calls it old after ${limit}`,
        fix: 'probe again, look what moved (countersign probe --diff), and cite the new snapshot',
      },
    ];
  },
};

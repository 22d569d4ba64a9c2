import { NEED_STATUSES } from '../artifact/feasibility.ts';
import { sectionOf } from '../artifact/markdown.ts';
import type { Place, Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const NEEDS = '## Capabilities\n\n### CAP-1: Python\n\n- Required: yes\n';
const HEAD = '## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n';

export const feasibilityNeed: Rule = {
  id: 'feasibility-need',
  severity: 'error',
  mandatory: true,
  summary: 'Every capability and system has exactly one finding, and its status is a known one.',
  examples: [
    {
      title: 'one finding a need',
      artifacts: {
        'requirements.md': NEEDS,
        'feasibility.md': `${HEAD}| CAP-1 | Resolved | 3.11 | probe:tool/python3 |\n`,
      },
      reports: [],
    },
    {
      title: 'a need without a finding',
      artifacts: { 'requirements.md': NEEDS, 'feasibility.md': '# F\n\n## Findings\n\nNothing was looked at.\n' },
      reports: [3],
    },
    {
      title: 'two findings about one need, one with a status nobody knows',
      artifacts: {
        'requirements.md': NEEDS,
        'feasibility.md': `${HEAD}| CAP-1 | fine | 3.11 | probe:tool/python3 |\n| CAP-1 | resolved | 3.12 | probe:tool/python3 |\n`,
      },
      reports: [5, 6],
    },
  ],
  check({ requirements, feasibility }) {
    if (feasibility === undefined) return [];
    const { path, needs, doc } = feasibility;
    const places: Place[] = [];
    const seen = new Map<string, number>();
    for (const { need, status, rawStatus, line } of needs) {
      const before = seen.get(need);
      if (before === undefined) seen.set(need, line);
      else
        places.push({
          path,
          line,
          message: `${quoted(need)} already has a finding in line ${before}`,
          fix: 'keep one row a need and join what they say',
        });
      if (status === undefined)
        places.push({
          path,
          line,
          message: `${quoted(rawStatus)} is no status`,
          fix: `one of ${NEED_STATUSES.join(', ')}`,
        });
    }
    const section = sectionOf(doc, 'Findings');
    for (const { id, title } of [...(requirements?.capabilities ?? []), ...(requirements?.systems ?? [])])
      if (id !== '' && !seen.has(id))
        places.push({
          path,
          line: section?.line ?? 1,
          message: `${id} (${quoted(title)}) has no finding, so it counts as unknown`,
          fix: `add a row | ${id} | status | fact | probe:... or stated:... |`,
        });
    return places;
  },
};

import type { Entry } from '../artifact/entries.ts';
import { declaredIds } from '../artifact/requirements.ts';
import type { Rule, RuleInput } from './rule.ts';

export const duplicateId: Rule = {
  id: 'duplicate-id',
  severity: 'error',
  mandatory: true,
  summary: 'An id names one thing in the whole delivery, because decisions, checks and the trace refer to it.',
  examples: [
    {
      title: 'every id once',
      artifacts: {
        'requirements.md': '## Requirements\n\n### REQ-1: A\n\n- **AC-1.1** a\n- **AC-1.2** b\n\n### REQ-2: B\n',
        'design.md': '## Components\n\n### CMP-1: A\n\nSee REQ-1, and REQ-1 again.\n',
      },
      reports: [],
    },
    {
      title: 'a requirement and a criterion twice',
      artifacts: {
        'requirements.md': '## Requirements\n\n### REQ-1: A\n\n- **AC-1.1** a\n- **AC-1.1** b\n\n### REQ-1: B\n',
      },
      reports: [6, 8],
    },
    {
      title: 'a question of one artifact that another has used',
      artifacts: {
        'requirements.md': '## Questions\n\n- **Q-1** Who owns it? Answer: Ann\n',
        'feasibility.md': '## Open questions\n\n- **Q-1** Which version?\n',
      },
      reports: [3],
    },
  ],
  check(input) {
    const first = new Map<string, { path: string; line: number }>();
    return declared(input).flatMap(({ path, entry }) => {
      const { id, line } = entry;
      const before = first.get(id);
      if (before === undefined) first.set(id, { path, line });
      if (before === undefined || id === '') return [];
      const fix = 'give the newer one the next free number';
      return [{ path, line, message: `${id} is already used in ${before.path} line ${before.line}`, fix }];
    });
  },
};

/** Every entry that has an id, in order, artifact by artifact. */
export function declared({ requirements, feasibility, design }: RuleInput): { path: string; entry: Entry }[] {
  const of = (path: string, entries: readonly Entry[]) => entries.map((entry) => ({ path, entry }));
  return [
    ...(requirements === undefined ? [] : of(requirements.path, declaredIds(requirements))),
    ...(feasibility === undefined ? [] : of(feasibility.path, [...feasibility.constraints, ...feasibility.questions])),
    ...(design === undefined ? [] : of(design.path, [...design.decisions, ...design.components, ...design.checks])),
  ];
}

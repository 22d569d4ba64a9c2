import { citationsOf } from '../feasibility/evidence.ts';
import { isKnownNeed, matchesFor } from '../feasibility/match/match.ts';
import type { Rule } from './rule.ts';

const NEEDS =
  '## Systems\n\n| ID | System | Purpose | Required | If not available |\n|---|---|---|---|---|\n| SYS-1 | Address plan | Says what is free | yes | Stop |\n';
const HEAD = '## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n';
const FACTS = [
  { id: 'netbox/ipam', kind: 'system', outcome: 'present' },
  { id: 'github/net/vlans', kind: 'system', outcome: 'present' },
] as const;

export const feasibilityMatch: Rule = {
  id: 'feasibility-match',
  severity: 'warning',
  summary:
    'A cited fact has to do with the need: policy, a name or the vocabulary says so; what only its author concluded is marked `(inferred: reason)`.',
  examples: [
    {
      title: 'a fact that fills the role, and one that its author takes for it and says so',
      artifacts: {
        'requirements.md': NEEDS,
        'feasibility.md': `${HEAD}| SYS-1 | resolved | there | probe:netbox/ipam |\n`,
      },
      facts: FACTS,
      reports: [],
    },
    {
      title: 'a conclusion that is marked',
      artifacts: {
        'requirements.md': NEEDS,
        'feasibility.md': `${HEAD}| SYS-1 | resolved | a file there (inferred: README says so) | probe:github/net/vlans |\n`,
      },
      facts: FACTS,
      reports: [],
    },
    {
      title: 'a fact about something else',
      artifacts: {
        'requirements.md': NEEDS,
        'feasibility.md': `${HEAD}| SYS-1 | resolved | there | probe:github/net/vlans |\n`,
      },
      facts: FACTS,
      reports: [5],
    },
  ],
  check({ requirements, feasibility, platform }) {
    if (requirements === undefined || feasibility === undefined || platform === undefined) return [];
    const needs = new Map([...requirements.capabilities, ...requirements.systems].map((need) => [need.id, need]));
    const byId = new Map(platform.facts.map((fact) => [fact.id, fact]));
    return feasibility.needs.flatMap(({ need: id, fact: text, evidence, line }) => {
      const need = needs.get(id);
      if (need === undefined || !isKnownNeed(need) || /\(inferred:/i.test(text + evidence)) return [];
      const cited = citationsOf(evidence).flatMap(({ kind, ref }) => (kind === 'probe' ? (byId.get(ref) ?? []) : []));
      if (cited.length === 0 || matchesFor(need, cited, platform.match ?? {}).length > 0) return [];
      return [
        {
          path: feasibility.path,
          line,
          message: `nothing says that ${cited.map((fact) => fact.id).join(', ')} answers ${id}`,
          fix: 'cite another fact, name it in probes.match of countersign.yaml, or mark the conclusion (inferred: reason)',
        },
      ];
    });
  },
};

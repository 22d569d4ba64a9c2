import type { Design } from '../artifact/design.ts';
import type { Field } from '../artifact/fields.ts';
import { answeredNeeds } from '../feasibility/constrained.ts';
import { idsIn } from '../ids.ts';
import type { Place, Rule, RuleInput } from './rule.ts';

const requirements = '## Requirements\n\n### REQ-1: A\n\n- **AC-1.1** a\n';

export const unknownId: Rule = {
  id: 'unknown-id',
  severity: 'error',
  mandatory: true,
  summary: 'What a field refers to by its id exists.',
  examples: [
    {
      title: 'references that lead somewhere',
      artifacts: {
        'requirements.md': requirements,
        'design.md':
          '## Components\n\n### CMP-1: A\n\n- Realises: REQ-1\n- Depends on: none\n\n## Verification\n\n### CHK-1: A\n\n- Criterion: AC-1.1\n- Component: CMP-1\n',
      },
      reports: [],
    },
    {
      title: 'a requirement, a component and a criterion that are not there',
      artifacts: {
        'requirements.md': requirements,
        'design.md':
          '## Components\n\n### CMP-1: A\n\n- Realises: REQ-1, REQ-2\n- Depends on: CMP-9\n\n## Verification\n\n### CHK-1: A\n\n- Criterion: AC-1.2\n- Component: CMP-7\n',
      },
      reports: [5, 6, 12, 13],
    },
    {
      title: 'a finding and a constraint about a need that nobody has',
      artifacts: {
        'requirements.md': '## Capabilities\n\n### CAP-1: Python\n\n- Required: yes\n',
        'feasibility.md':
          '## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n| CAP-1 | resolved | 3.11 | probe:tool/python3 |\n| CAP-2 | resolved | 3.11 | probe:tool/python3 |\n\n## Feasibility constraints\n\n- **FC-1** SYS-4 is read only.\n',
      },
      reports: [6, 10],
    },
    {
      title: 'a design whose requirements are not written yet',
      artifacts: { 'design.md': '## Components\n\n### CMP-1: A\n\n- Realises: REQ-1\n' },
      reports: [],
    },
  ],
  check: (input) => [...inFeasibility(input), ...(input.design === undefined ? [] : inDesign(input, input.design))],
};

const FIX = 'correct the id, or add what it refers to';

function inFeasibility({ requirements, feasibility }: RuleInput): Place[] {
  if (requirements === undefined || feasibility === undefined) return [];
  const { path, needs, constraints } = feasibility;
  const known = new Set([...requirements.capabilities, ...requirements.systems].map((need) => need.id));
  const rows = needs
    .filter(({ need }) => !known.has(need))
    .map(({ need, line }) => ({
      path,
      line,
      message: need === '' ? 'the row names no need' : `no capability or system has the id ${need.slice(0, 40)}`,
      fix: FIX,
    }));
  const answers = constraints.flatMap((constraint) =>
    [...new Set(answeredNeeds(constraint))]
      .filter((id) => !known.has(id))
      .map((id) => ({ path, line: constraint.line, message: `no capability or system has the id ${id}`, fix: FIX })),
  );
  return [...rows, ...answers];
}

function inDesign({ requirements }: RuleInput, design: Design): Place[] {
  const components = new Set(design.components.map((one) => one.id));
  const asked = new Set(requirements?.requirements.map((one) => one.id));
  const criteria = new Set(requirements?.requirements.flatMap((one) => one.criteria.map((criterion) => criterion.id)));
  const refer = (field: Field | undefined, prefix: string, known: ReadonlySet<string>, what: string): Place[] =>
    [...new Set(idsIn(field?.values.join(' ') ?? ''))]
      .filter((id) => id.startsWith(`${prefix}-`) && !known.has(id))
      .map((id) => ({ path: design.path, line: field?.line ?? 1, message: `there is no ${what} ${id}`, fix: FIX }));
  return [
    ...design.components.flatMap(({ fields }) => [
      ...(requirements === undefined ? [] : refer(fields.get('realises'), 'REQ', asked, 'requirement')),
      ...refer(fields.get('depends on'), 'CMP', components, 'component'),
    ]),
    ...design.checks.flatMap(({ fields }) => [
      ...(requirements === undefined
        ? []
        : refer(fields.get('criterion') ?? fields.get('criteria'), 'AC', criteria, 'criterion')),
      ...refer(fields.get('component'), 'CMP', components, 'component'),
    ]),
  ];
}

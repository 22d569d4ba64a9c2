import { checkOwners, isBuilt } from '../build/order.ts';
import type { Rule } from './rule.ts';

const design = (more: string) => ({
  'design.md': `## Components\n\n### CMP-1: Library\n\n- Action: build\n\n### CMP-2: Tool\n\n- Action: build\n- Depends on: CMP-1\n- Realises: REQ-1\n\n## Verification\n\n### CHK-1: Greets\n\n- Criterion: AC-1.1\n${more}`,
});

export const componentWithoutCheck: Rule = {
  id: 'component-without-check',
  severity: 'error',
  summary:
    'Every component that is built has a check of its own, so that it is verified before what depends on it is built. A check belongs to the component it names, else to the last in build order of those that realise its criterion.',
  examples: [
    {
      title: 'a check for each',
      artifacts: design('\n### CHK-2: Library loads\n\n- Component: CMP-1\n'),
      reports: [],
    },
    { title: 'a library whose checks all belong to the tool', artifacts: design(''), reports: [3] },
    {
      title: 'a service that is only used',
      artifacts: { 'design.md': '## Components\n\n### CMP-1: Runner\n\n- Action: reuse\n' },
      reports: [],
    },
  ],
  check({ design }) {
    if (design === undefined) return [];
    const verified = new Set(checkOwners(design).values());
    return design.components
      .filter((component) => isBuilt(component) && !verified.has(component.id))
      .map(({ id, line, realises }) => ({
        path: design.path,
        line,
        message:
          realises.length === 0
            ? `no check verifies ${id}`
            : `no check verifies ${id}: the checks of ${realises.join(', ')} belong to a component that is built later, or there are none`,
        fix: `add "- Component: ${id}" to the check that shows it works, or a check with that line`,
      }));
  },
};

import { sectionOf } from '../artifact/markdown.ts';
import type { Rule } from './rule.ts';

const requirements = '## Requirements\n\n### REQ-1: A\n\n### REQ-2: B\n';

export const unrealisedRequirement: Rule = {
  id: 'unrealised-requirement',
  severity: 'error',
  summary: 'Every requirement is realised by a component of the design.',
  examples: [
    {
      title: 'both are realised',
      artifacts: {
        'requirements.md': requirements,
        'design.md': '## Components\n\n### CMP-1: A\n\n- Realises:\n  - REQ-1\n  - REQ-2\n',
      },
      reports: [],
    },
    {
      title: 'one is left out',
      artifacts: {
        'requirements.md': requirements,
        'design.md': '# D\n\n## Components\n\n### CMP-1: A\n\n- Realises: REQ-1\n',
      },
      reports: [3],
    },
  ],
  check({ requirements, design }) {
    if (requirements === undefined || design === undefined) return [];
    const realised = new Set(design.components.flatMap((component) => component.realises));
    return requirements.requirements
      .filter(({ id }) => !realised.has(id))
      .map(({ id }) => ({
        path: design.path,
        line: sectionOf(design.doc, 'Components')?.line ?? 1,
        message: `no component realises ${id}`,
        fix: `add ${id} to the "- Realises: ..." of the component that does`,
      }));
  },
};

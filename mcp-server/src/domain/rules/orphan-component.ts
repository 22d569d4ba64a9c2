import type { Rule } from './rule.ts';

export const orphanComponent: Rule = {
  id: 'orphan-component',
  severity: 'warning',
  summary: 'A component realises a requirement, or another component depends on it; else nobody asked for it.',
  examples: [
    {
      title: 'one that realises, and one it depends on',
      artifacts: {
        'design.md':
          '## Components\n\n### CMP-1: A\n\n- Realises: REQ-1\n- Depends on: CMP-2\n\n### CMP-2: B\n\n- Kind: library\n',
      },
      reports: [],
    },
    {
      title: 'one that stands alone',
      artifacts: {
        'design.md': '## Components\n\n### CMP-1: A\n\n- Realises: REQ-1\n\n### CMP-2: B\n\n- Depends on: CMP-1\n',
      },
      reports: [7],
    },
    {
      title: 'one that is skipped on purpose',
      artifacts: { 'design.md': '## Components\n\n### CMP-1: A\n\n- Action: skip\n' },
      reports: [],
    },
  ],
  check({ design }) {
    const needed = new Set(design?.components.flatMap((one) => one.dependsOn.filter((id) => id !== one.id)));
    return (design?.components ?? [])
      .filter(({ id, realises, action }) => realises.length === 0 && action !== 'skip' && !needed.has(id))
      .map(({ id, line }) => ({
        path: design!.path,
        line,
        message: `${id} realises nothing and nothing depends on it`,
        fix: 'say which requirement it realises, let the component that needs it depend on it, or remove it',
      }));
  },
};

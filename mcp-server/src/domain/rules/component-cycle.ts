import type { Component } from '../artifact/design.ts';
import { buildOrder } from '../build/order.ts';
import type { Rule } from './rule.ts';

const component = (number: number, dependsOn: string) => `### CMP-${number}: A\n\n- Depends on: ${dependsOn}\n\n`;

export const componentCycle: Rule = {
  id: 'component-cycle',
  severity: 'error',
  mandatory: true,
  summary: 'Components do not depend on one another in a circle, or there is no order to build them in.',
  examples: [
    {
      title: 'two that depend on a third',
      artifacts: {
        'design.md': `## Components\n\n${component(1, 'none')}${component(2, 'CMP-1')}${component(3, 'CMP-1, CMP-2')}`,
      },
      reports: [],
    },
    {
      title: 'a circle of two, with a third that hangs on it',
      artifacts: {
        'design.md': `## Components\n\n${component(1, 'CMP-2')}${component(2, 'CMP-1')}${component(3, 'CMP-1')}`,
      },
      reports: [5],
    },
    {
      title: 'a component that depends on itself, and another circle',
      artifacts: {
        'design.md': `## Components\n\n${component(1, 'CMP-1')}${component(2, 'CMP-4')}${component(3, 'CMP-2')}${component(4, 'CMP-3')}`,
      },
      reports: [5, 9],
    },
  ],
  check: ({ design }) =>
    circles(buildOrder(design?.components ?? []).cycle).map((circle) => {
      const ids = circle.map((one) => one.id);
      const shown = ids.length > 8 ? [...ids.slice(0, 4), '...', ids.at(-1)!] : ids;
      return {
        path: design!.path,
        line: circle[0]!.fields.get('depends on')?.line ?? circle[0]!.line,
        message: `these depend on one another in a circle: ${[...shown, ids[0]].join(' -> ')}`,
        fix: 'remove one of these dependencies, or move what both need into a component of its own',
      };
    }),
};

/**
 * The circles among components that have no place in the build order. Each of them depends on another one of them, so
 * walking along dependencies from any of them ends in a circle.
 */
function circles(unplaced: readonly Component[]): Component[][] {
  const known = new Map(unplaced.map((component) => [component.id, component]));
  const walked = new Set<string>();
  const found: Component[][] = [];
  for (const start of unplaced) {
    const walk: Component[] = [];
    const at = new Map<string, number>();
    let next: Component | undefined = start;
    while (next !== undefined && !walked.has(next.id)) {
      walked.add(next.id);
      at.set(next.id, walk.length);
      walk.push(next);
      const onward: string | undefined = next.dependsOn.find((id) => known.has(id));
      next = onward === undefined ? undefined : known.get(onward);
    }
    const first = next === undefined ? undefined : at.get(next.id);
    if (first !== undefined) found.push(walk.slice(first));
  }
  return found;
}

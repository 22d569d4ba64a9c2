import * as z from 'zod';
import type { PlanItem } from '../plan.ts';
import { ACTIONS } from '../plan.ts';
import { type Planner, withSets } from './planner.ts';

const amount = z.int().min(0).optional();
const answer = z.looseObject({
  creates: amount,
  changes: amount,
  destroys: amount,
  hosts: z.strictObject({ changed: z.int().min(0), all: z.int().min(0) }).optional(),
  items: z.array(z.looseObject({ address: z.string(), action: z.enum(ACTIONS) })).default([]),
});

/**
 * A declared command. Its plan is what it prints: as JSON with `creates`, `changes`, `destroys` and `items` it can be held
 * against limits, as any other text it is compared as it is.
 */
export const command: Planner = {
  tool: 'command',
  files: () => [],
  steps: ({ settings, sets }) => [{ argv: withSets(settings.plan!, sets), exits: [0] }],
  apply: ({ settings, sets }) => ({ argv: withSets(settings.apply!, sets), exits: [0] }),
  project([output], clean) {
    const text = clean(output!.stdout);
    const { creates = null, changes = null, destroys = null, hosts = null, items = [] } = counted(output!.stdout) ?? {};
    return {
      summary: { creates, changes, destroys, hosts },
      items: items.map(({ address, action }): PlanItem => ({ address: clean(address), action })),
      detail: text,
    };
  },
  saves: false,
  admits: ['what the declared plan command does not print'],
};

function counted(stdout: string): Partial<z.infer<typeof answer>> | undefined {
  try {
    return answer.safeParse(JSON.parse(stdout)).data;
  } catch {
    return undefined;
  }
}

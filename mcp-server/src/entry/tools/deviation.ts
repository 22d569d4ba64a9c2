import * as z from 'zod';
import { defineTool, delivery } from './tool.ts';

export const deviationTool = defineTool({
  name: 'deviation',
  title: 'Record a deviation',
  description: 'Records where the delivery differs from the design, and why; the Build decision covers it.',
  kind: 'write',
  input: {
    delivery,
    component: z.string().optional(),
    designed: z.string(),
    delivered: z.string(),
    reason: z.string(),
  },
  handle: async ({ delivery: id, ...input }, { ports, actor }) =>
    (await import('../../app/deviation.ts')).recordDeviation(ports, id, input, actor),
});

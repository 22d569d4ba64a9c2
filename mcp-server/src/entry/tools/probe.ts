import * as z from 'zod';
import { defineTool, delivery } from './tool.ts';

export const probeTool = defineTool({
  name: 'probe',
  title: 'Probe local tools',
  description:
    'Looks, read-only, which tools are here and in which version; stores a snapshot for feasibility.md to cite.',
  kind: 'effect',
  input: { delivery, tools: z.array(z.string()).optional() },
  handle: async (input, { ports, actor }) =>
    (await import('../../app/probe.ts')).probe(ports, input.delivery, input.tools ?? [], actor),
});

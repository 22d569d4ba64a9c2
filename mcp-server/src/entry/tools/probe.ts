import * as z from 'zod';
import { probe } from '../../app/probe.ts';
import { defineTool, delivery } from './tool.ts';

export const probeTool = defineTool({
  name: 'probe',
  title: 'Probe local tools',
  description:
    'Looks, read-only, which tools are here and in which version; stores a snapshot for feasibility.md to cite.',
  kind: 'effect',
  input: { delivery, tools: z.array(z.string()).optional() },
  handle: (input, { ports, actor }) => probe(ports, input.delivery, input.tools ?? [], actor),
});

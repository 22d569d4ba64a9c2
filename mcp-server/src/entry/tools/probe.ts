import * as z from 'zod';
import { probe } from '../../app/probe.ts';
import { defineTool, delivery } from './tool.ts';

const names = z.array(z.string()).optional();

export const probeTool = defineTool({
  name: 'probe',
  title: 'Probe platforms',
  description:
    'Looks, read-only, what tools, clusters and systems are here; stores a snapshot for feasibility.md to cite. Without names: all that policy and project know.',
  kind: 'effect',
  input: { delivery, tools: names, probes: names },
  handle: ({ delivery: id, tools, probes }, { ports, actor }) => probe(ports, id, { tools, probes }, actor),
});

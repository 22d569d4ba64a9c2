import * as z from 'zod';
import { defineTool, delivery } from './tool.ts';

export const stateFactTool = defineTool({
  name: 'state_fact',
  title: 'Record a stated fact',
  description:
    "Records what a named person said about a need (CAP-n, SYS-n) that no probe tells. Never the agent's view.",
  kind: 'write',
  input: {
    delivery,
    need: z.string(),
    status: z.enum(['resolved', 'degraded', 'stub', 'blocked', 'skipped']),
    fact: z.string(),
    by: z.string().describe("the person's name"),
  },
  handle: async ({ delivery: id, ...fact }, { ports, actor }) =>
    (await import('../../app/state-fact.ts')).stateFact(ports, id, fact, actor),
});

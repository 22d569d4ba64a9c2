import { z } from 'zod';
import { makeAsBuilt } from '../../app/as-built.ts';
import { defineTool, delivery } from './tool.ts';

export const asBuiltTool = defineTool({
  name: 'as_built',
  title: 'Generate as-built',
  description: 'Generates as-built.md from the ledger and the files, after Build; sections that people wrote stay.',
  kind: 'write',
  input: { delivery },
  data: { path: z.string() },
  handle: (input, { ports }) => makeAsBuilt(ports, input.delivery),
});

import { defineTool, delivery } from './tool.ts';

export const asBuiltTool = defineTool({
  name: 'as_built',
  title: 'Generate as-built',
  description: 'Generates as-built.md from ledger and files, after Build; what people wrote stays.',
  kind: 'write',
  input: { delivery },
  handle: async (input, { ports }) => (await import('../../app/as-built.ts')).makeAsBuilt(ports, input.delivery),
});

import { defineTool, delivery } from './tool.ts';

export const validateTool = defineTool({
  name: 'validate',
  title: 'Validate',
  description: 'Findings on artifacts: rule, place, what is wrong, how to mend it.',
  kind: 'read',
  input: { delivery },
  handle: async (input, { ports }) => (await import('../../app/validate.ts')).validate(ports, input.delivery),
});

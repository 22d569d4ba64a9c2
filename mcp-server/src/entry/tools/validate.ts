import { validate } from '../../app/validate.ts';
import { defineTool, delivery } from './tool.ts';

export const validateTool = defineTool({
  name: 'validate',
  title: 'Validate',
  description: 'Findings on the artifacts of a delivery: rule, place, what is wrong, how to mend it.',
  kind: 'read',
  input: { delivery },
  handle: (input, { ports }) => validate(ports, input.delivery),
});

import * as z from 'zod';
import { startTask, tasks } from '../../app/tasks.ts';
import { defineTool, delivery } from './tool.ts';

export const tasksTool = defineTool({
  name: 'tasks',
  title: 'Tasks',
  description: 'The build order with states, once the design is approved; start names a task to begin.',
  kind: 'write',
  input: { delivery, start: z.string().optional() },
  handle: (input, { ports, actor }) =>
    input.start === undefined ? tasks(ports, input.delivery) : startTask(ports, input.delivery, input.start, actor),
});

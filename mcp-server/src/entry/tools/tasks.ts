import * as z from 'zod';
import { CHANGE_ACTIONS } from '../../domain/change/actions.ts';
import { defineTool, delivery } from './tool.ts';

export const tasksTool = defineTool({
  name: 'tasks',
  title: 'Tasks and changes',
  description:
    'Build order with states, once the design is approved; start begins a task. change steps through a spec change: propose, edit, plan (a person decides), apply, verify.',
  kind: 'effect',
  input: {
    delivery,
    start: z.string().optional(),
    change: z.enum(CHANGE_ACTIONS).optional(),
    text: z.string().optional().describe('title, or why abandoned'),
  },
  async handle({ delivery: id, start, change, text }, { ports, actor }) {
    if (change !== undefined)
      return (await import('../../app/change-action.ts')).changeAction(ports, id, { action: change, text, actor });
    const { startTask, tasks } = await import('../../app/tasks.ts');
    return start === undefined ? tasks(ports, id) : startTask(ports, id, start, actor);
  },
});

import { tasks } from '../../app/tasks.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const tasksVerb: Verb = {
  usage: 'tasks <id>',
  examples: ['tasks office-vlans'],
  arity: [1, 1],
  run({ args }, context) {
    const answer = tasks(context.ports(), args[0]!);
    if (answer.blocks.length > 0) return { answer };
    const lines = answer.data.tasks.map((task) => {
      const waits = task.waitsFor.length > 0 ? `  waits: ${task.waitsFor.join(', ')}` : '';
      const checks =
        task.kind === 'verify' ? `  ${task.checks.map((check) => `${check.id} ${check.state}`).join(', ')}` : '';
      return printable(
        `${task.id.padEnd(9)} ${task.state.padEnd(8)} ${task.kind} ${task.component} ${task.title}${checks}${waits}`,
      );
    });
    return { answer, text: [...lines, `${answer.said} next: ${answer.next}`].join('\n') };
  },
};

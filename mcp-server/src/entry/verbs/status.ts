import { status } from '../../app/status.ts';
import { statusText } from '../render/status.ts';
import type { Verb } from './verb.ts';

export const statusVerb: Verb = {
  usage: 'status [id]',
  examples: ['status', 'status office-vlans', 'status --json'],
  arity: [0, 1],
  run({ args }, context) {
    const answer = status(context.ports(), args[0]);
    const broken = answer.data.deliveries.some((one) => one.broken);
    return { answer, text: statusText(answer, context.terminal, context.self), exit: broken ? 3 : 0 };
  },
};

import { whoIsThere } from '../person.ts';
import { statusText } from '../render/status.ts';
import { currentStatus } from '../status.ts';
import type { Verb } from './verb.ts';

export const statusVerb: Verb = {
  usage: 'status [id] [--mine]',
  options: {
    mine: { type: 'boolean', summary: 'what waits for you, over all deliveries: decisions, rework, comments' },
  },
  examples: ['status', 'status office-vlans', 'status --mine', 'status --json'],
  arity: [0, 1],
  async run({ args, options }, context) {
    const ports = context.ports();
    if (options['mine'] === true) {
      const [{ mine }, { mineText }] = await Promise.all([import('../../app/mine.ts'), import('../render/mine.ts')]);
      const answer = mine(ports, await whoIsThere(ports), args[0]);
      const text = mineText(answer, context.terminal, ports.now(), context.self);
      return { answer, text, exit: answer.data.broken.length > 0 ? 3 : 0 };
    }
    const answer = await currentStatus(ports, args[0]);
    const broken = answer.data.deliveries.some((one) => one.broken);
    return { answer, text: statusText(answer, context.terminal, context.self), exit: broken ? 3 : 0 };
  },
};

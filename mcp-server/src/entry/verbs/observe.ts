import { observe } from '../../app/operate/observe.ts';
import { personAtCli } from '../person.ts';
import { observeText } from '../render/operate.ts';
import type { Verb } from './verb.ts';

export const observeVerb: Verb = {
  usage: 'observe <id> <env> [--no-change]',
  options: { 'no-change': { type: 'boolean', summary: 'only look: a breach is recorded and opens no change' } },
  examples: ['observe office-vlans prod', 'observe office-vlans prod --no-change --json'],
  arity: [2, 2],
  async run({ args, options }, context) {
    const ports = context.ports();
    const [id, environment] = args as [string, string];
    const propose = options['no-change'] !== true;
    const answer = await observe(ports, id, environment, { propose, actor: await personAtCli(ports) });
    return { answer, text: observeText(answer, context.terminal) };
  },
};

import { runCheck } from '../../app/run-check.ts';
import { personAtCli } from '../person.ts';
import type { Verb } from './verb.ts';

export const runCheckVerb: Verb = {
  usage: 'run-check <id> <CHK>',
  examples: ['run-check office-vlans CHK-1'],
  arity: [2, 2],
  async run({ args }, context) {
    const ports = context.ports();
    return { answer: await runCheck(ports, args[0]!, args[1]!, await personAtCli(ports)) };
  },
};

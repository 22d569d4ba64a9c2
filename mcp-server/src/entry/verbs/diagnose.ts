import { diagnose } from '../../app/operate/diagnose.ts';
import { personAtCli } from '../person.ts';
import { diagnosisText } from '../render/operate.ts';
import type { Verb } from './verb.ts';

export const diagnoseVerb: Verb = {
  usage: 'diagnose <id> <env>',
  examples: ['diagnose office-vlans prod', 'diagnose office-vlans prod --json'],
  arity: [2, 2],
  async run({ args }, context) {
    const ports = context.ports();
    const [id, environment] = args as [string, string];
    const answer = await diagnose(ports, id, environment, await personAtCli(ports));
    return { answer, text: diagnosisText(answer, context.terminal) };
  },
};

import { makeAsBuilt } from '../../app/as-built.ts';
import { scanForBuild } from '../../app/scan.ts';
import { composeExtraction, projectRoot } from '../compose.ts';
import { personAtCli } from '../person.ts';
import type { Verb } from './verb.ts';

export const asBuiltVerb: Verb = {
  usage: 'as-built <id>',
  examples: ['as-built office-vlans'],
  arity: [1, 1],
  async run({ args }, context) {
    const ports = context.ports();
    const id = args[0]!;
    const actor = await personAtCli(ports);
    await scanForBuild(ports, () => composeExtraction(context.env, projectRoot(context.cwd)), {
      id,
      stage: 'as-built',
      actor,
    });
    return { answer: makeAsBuilt(ports, id) };
  },
};

import { makeAsBuilt } from '../../app/as-built.ts';
import type { Verb } from './verb.ts';

export const asBuiltVerb: Verb = {
  usage: 'as-built <id>',
  examples: ['as-built office-vlans'],
  arity: [1, 1],
  run: ({ args }, context) => ({ answer: makeAsBuilt(context.ports(), args[0]!) }),
};

import { RETIRE } from '../../domain/retired.ts';
import { submitVerb } from './submit.ts';
import type { Verb } from './verb.ts';

export const retireVerb: Verb = {
  usage: 'retire <id>',
  examples: ['retire office-vlans'],
  arity: [1, 1],
  run: ({ args, options }, context) => submitVerb.run({ args: [args[0]!, RETIRE], options }, context),
};

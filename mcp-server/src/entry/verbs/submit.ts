import { scanForBuild } from '../../app/scan.ts';
import { submit } from '../../app/submit.ts';
import { short } from '../../domain/decision/subject.ts';
import { composeExtraction, projectRoot } from '../compose.ts';
import { personAtCli } from '../person.ts';
import type { Verb } from './verb.ts';

export const submitVerb: Verb = {
  usage: 'submit <id> <stage>',
  examples: ['submit office-vlans requirements'],
  arity: [2, 2],
  async run({ args }, context) {
    const ports = context.ports();
    const actor = await personAtCli(ports);
    const stage = args[1]!.replace(/^stage:/, '');
    await scanForBuild(ports, () => composeExtraction(context.env, projectRoot(context.cwd)), {
      id: args[0]!,
      stage,
      actor,
    });
    const answer = submit(ports, args[0]!, args[1]!, actor);
    const { digest, delivery, about } = answer.data;
    if (digest === null) return { answer };
    // A plugin user has no countersign on the PATH: the line can be pasted as it is.
    const next = `a person decides: ${context.self} approve ${delivery} ${about.replace(/^stage:/, '')}, or /approve ${short(digest)} in the client`;
    return { answer: { ...answer, next } };
  },
};

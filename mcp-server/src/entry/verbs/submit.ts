import { scanForBuild } from '../../app/scan.ts';
import { submit } from '../../app/submit.ts';
import { short } from '../../domain/decision/subject.ts';
import { composeExtraction } from '../compose.ts';
import { personAtCli } from '../person.ts';
import type { Verb } from './verb.ts';

export const submitVerb: Verb = {
  usage: 'submit <id> <stage> [--reason TEXT]',
  options: { reason: { type: 'string', takes: 'TEXT', summary: 'with drift:current: why it may stay' } },
  examples: ['submit office-vlans requirements', 'submit office-vlans drift:current --reason "hotfix of CHG0041"'],
  arity: [2, 2],
  async run({ args, options }, context) {
    const ports = context.ports();
    const actor = await personAtCli(ports);
    const stage = args[1]!.replace(/^stage:/, '');
    await scanForBuild(ports, () => composeExtraction(context.env), { id: args[0]!, stage, actor });
    const answer = submit(ports, args[0]!, args[1]!, actor, String(options['reason'] ?? ''));
    const { digest, delivery, about } = answer.data;
    if (digest === null) return { answer };
    // A plugin user has no countersign on the PATH: the line can be pasted as it is.
    const next = `a person decides: ${context.self} approve ${delivery} ${about.replace(/^stage:/, '')}, or /approve ${short(digest)} in the client`;
    return { answer: { ...answer, next } };
  },
};

import { writeCi } from '../../app/ci.ts';
import { inputFault } from '../../domain/fault.ts';
import type { Verb } from './verb.ts';

export const ciVerb: Verb = {
  usage: 'ci <id> --target github|gitlab',
  options: { target: { type: 'string', takes: 'NAME', summary: 'github or gitlab' } },
  examples: ['ci office-vlans --target github', 'ci office-vlans --target gitlab'],
  arity: [1, 1],
  run({ args, options }, context) {
    const target = options['target'] as string | undefined;
    if (target === undefined)
      throw inputFault({ code: 'bad-usage', message: 'ci needs --target', expected: `countersign ${ciVerb.usage}` });
    const answer = writeCi(context.ports(), args[0]!, target);
    const { files, written } = answer.data;
    const lines = files.map((path) => `  ${written.includes(path) ? 'written  ' : 'unchanged'} ${path}`);
    return { answer, text: [answer.said, ...lines, `  next ${answer.next}`].join('\n') };
  },
};

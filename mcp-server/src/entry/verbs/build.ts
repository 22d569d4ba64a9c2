import type { Answer } from '../../app/answer.ts';
import {
  compareRegenerated,
  discardRegenerated,
  type Regenerated,
  regeneratedAt,
  startRegenerate,
} from '../../app/regenerate.ts';
import { inputFault } from '../../domain/fault.ts';
import { compose, composeExtraction, projectRoot } from '../compose.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const buildVerb: Verb = {
  usage: 'build <id> --regenerate CMP [--compare | --discard]',
  options: {
    regenerate: {
      type: 'string',
      takes: 'CMP',
      summary: 'build this component anew from the design, in a work tree beside',
    },
    compare: { type: 'boolean', summary: 'what the old one does and the new one does not' },
    discard: { type: 'boolean', summary: 'remove the work tree' },
  },
  examples: ['build office-vlans --regenerate CMP-2', 'build office-vlans --regenerate CMP-2 --compare'],
  arity: [1, 1],
  async run({ args, options }, context) {
    const [id] = args as [string];
    const component = options['regenerate'];
    if (typeof component !== 'string')
      throw inputFault({
        code: 'bad-usage',
        message: 'build needs --regenerate CMP',
        expected: 'tasks, run-check and submit are the steps of a build; /build drives them',
      });
    const ports = context.ports();
    if (options['discard'] === true) return { answer: await discardRegenerated(ports, id, component) };
    if (options['compare'] !== true) return { answer: await startRegenerate(ports, id, component) };
    const there = compose(regeneratedAt(ports, id, component), context.env).ports;
    const extraction = await composeExtraction(context.env, projectRoot(context.cwd));
    const answer = await compareRegenerated(ports, there, extraction, id, component);
    return { answer, text: text(answer) };
  },
};

function text({ said, blocks, next, data }: Answer<Regenerated>): string {
  const lost = data.lost.map(
    ({ kind, name, place, what, covered }) =>
      `  ${covered ? 'specified' : 'asked for by nothing'}: ${kind} ${JSON.stringify(name)} (${place}), ${what}`,
  );
  const gaps = data.newGaps.map((gap) => `  new gap: ${gap}`);
  const failed = blocks.map((one) => `  blocked: ${one}`);
  return printable([said, ...lost, ...gaps, ...failed, ...(next === '' ? [] : [`next: ${next}`])].join('\n'));
}

import { load } from '../../app/load.ts';
import { scan } from '../../app/scan.ts';
import { scanLines } from '../../domain/scan/lines.ts';
import { composeExtraction, projectRoot } from '../compose.ts';
import { personAtCli } from '../person.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const scanVerb: Verb = {
  usage: 'scan <id>',
  examples: ['scan office-vlans'],
  arity: [1, 1],
  async run({ args }, context) {
    const ports = context.ports();
    const answer = await scan(
      ports,
      await composeExtraction(context.env, projectRoot(context.cwd)),
      args[0]!,
      await personAtCli(ports),
    );
    const { report, delivery } = answer.data;
    if (report === null) return { answer };
    const lines = [answer.said, ...scanLines(report, load(ports, delivery).read.ledger).map((line) => `  ${line}`)];
    return { answer, text: printable([...lines, ...answer.blocks.map((one) => `  blocked: ${one}`)].join('\n')) };
  },
};

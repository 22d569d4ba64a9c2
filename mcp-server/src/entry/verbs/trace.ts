import { trace } from '../../app/trace.ts';
import { traceText } from '../render/trace.ts';
import type { Verb } from './verb.ts';

export const traceVerb: Verb = {
  usage: 'trace <id> [REQ-n|CHK-n|PATH|PATH:LINE] [--mermaid]',
  options: { mermaid: { type: 'boolean', summary: 'print it as a Mermaid flowchart' } },
  examples: [
    'trace office-vlans',
    'trace office-vlans REQ-3',
    'trace office-vlans app/vlan.py:12',
    'trace office-vlans --mermaid',
  ],
  arity: [1, 2],
  async run({ args, options }, context) {
    const answer = await trace(context.ports(), args[0]!, args[1]);
    return { answer, text: options['mermaid'] === true ? answer.data.mermaid : traceText(answer, context.terminal) };
  },
};

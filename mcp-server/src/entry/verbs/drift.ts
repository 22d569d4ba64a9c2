import type { Answer } from '../../app/answer.ts';
import { acceptDrift } from '../../app/drift/accept-drift.ts';
import { type DriftView, drift } from '../../app/drift/drift.ts';
import { inputFault } from '../../domain/fault.ts';
import { personAtCli } from '../person.ts';
import { driftText } from '../render/drift.ts';
import type { Verb, VerbContext, VerbInput } from './verb.ts';

const ACCEPT = 'accept';

export const driftVerb: Verb = {
  usage: 'drift <id> [<env>] [accept --reason TEXT]',
  options: {
    reason: { type: 'string', takes: 'TEXT', summary: 'with accept: why it may stay as it is; goes into the record' },
  },
  examples: [
    'drift office-vlans',
    'drift office-vlans prod',
    'drift office-vlans accept --reason "hotfix of CHG0041, see #12"',
    'drift office-vlans prod accept --reason "the vendor set it by hand, ticket 4711"',
  ],
  arity: [1, 3],
  async run(input, context) {
    const answer = await step(input, context);
    return { answer, text: driftText(answer, context.terminal) };
  },
};

async function step({ args, options }: VerbInput, context: VerbContext): Promise<Answer<DriftView>> {
  const [id, ...rest] = args as [string, ...string[]];
  const accepts = rest.at(-1) === ACCEPT;
  const [environment, extra] = accepts ? rest.slice(0, -1) : rest;
  if (extra !== undefined)
    throw inputFault({
      code: 'bad-usage',
      message: `${JSON.stringify(extra)} is no step of drift`,
      expected: ACCEPT,
      next: 'countersign drift --help',
    });
  const ports = context.ports();
  if (!accepts) return drift(ports, id, environment);
  const reason = (options['reason'] as string | undefined) ?? '';
  return acceptDrift(ports, id, { environment, reason, actor: await personAtCli(ports) });
}

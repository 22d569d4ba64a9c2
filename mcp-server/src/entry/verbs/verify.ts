import { load } from '../../app/load.ts';
import type { Ports } from '../../app/ports.ts';
import { verify } from '../../app/verify.ts';
import { inputFault } from '../../domain/fault.ts';
import { findingText } from './validate.ts';
import type { Verb, VerbContext } from './verb.ts';

export const verifyVerb: Verb = {
  usage: 'verify [--forget-seen]',
  options: { 'forget-seen': { type: 'boolean', summary: 'accept that events seen here before are gone (asks)' } },
  examples: ['verify', 'verify --json'],
  arity: [0, 0],
  async run({ options }, context) {
    const ports = context.ports();
    if (options['forget-seen'] === true) await forget(ports, context);
    const answer = verify(ports);
    const { faults, findings } = answer.data;
    const errors = findings.filter((one) => one.severity === 'error');
    const lines = [...faults, ...findings].map((one) => findingText(one, context.terminal));
    return {
      answer,
      text: [...lines, answer.said].join('\n'),
      exit: faults.length > 0 ? 3 : errors.length > 0 ? 1 : 0,
    };
  },
};

/** A rewound ledger is accepted by a person only. */
async function forget(ports: Ports, context: VerbContext): Promise<void> {
  const typed = context.terminal.interactive
    ? await context.terminal.ask('Type forget to accept the ledgers as they are: ')
    : '';
  if (typed !== 'forget')
    throw inputFault({
      code: 'not-confirmed',
      message: 'nothing was forgotten',
      expected: 'a person typing forget in a terminal',
    });
  const branch = ports.repository.branch();
  if (branch === undefined) return;
  for (const id of ports.deliveries.list()) ports.seen.forget(load(ports, id).read.ledger.first.id, branch);
}

import { submit } from '../../app/submit.ts';
import { DRIFT_SUBJECT } from '../../domain/drift/drift.ts';
import { inputFault } from '../../domain/fault.ts';
import { personAtCli } from '../person.ts';
import { requirePerson } from '../person-at-terminal.ts';
import { decideAtTerminal } from './decide.ts';
import type { Verb } from './verb.ts';

/** Accepts what moved by hand: frozen, shown in full, decided by typing its digest. */
export const acceptVerb: Verb = {
  usage: 'accept <id> drift --reason TEXT [--key PATH]',
  options: {
    reason: { type: 'string', takes: 'TEXT', summary: 'why it may stay; goes into the record' },
    key: { type: 'string', takes: 'PATH', summary: 'the SSH key to sign with' },
    recorded: { type: 'boolean', summary: 'do not sign: level recorded' },
  },
  examples: ['accept office-vlans drift --reason "hotfix of CHG0041"'],
  arity: [2, 2],
  async run({ args, options }, context) {
    requirePerson(context, 'accept');
    if (args[1] !== 'drift')
      throw inputFault({
        code: 'unknown-subject',
        message: `there is nothing called ${JSON.stringify(args[1])} to accept`,
        expected: 'drift; deviations are accepted with the Build approval',
      });
    const ports = context.ports();
    submit(ports, args[0]!, DRIFT_SUBJECT, await personAtCli(ports), String(options['reason'] ?? ''));
    return decideAtTerminal('approve', ports, { args: [args[0]!, DRIFT_SUBJECT], options }, context);
  },
};

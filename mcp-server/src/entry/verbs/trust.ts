import type { Ports } from '../../app/ports.ts';
import { acceptSigners, addSigner, trustView } from '../../app/trust.ts';
import { inputFault } from '../../domain/fault.ts';
import { whoIsThere } from '../person.ts';
import { requirePerson } from '../person-at-terminal.ts';
import { trustText } from '../render/trust.ts';
import type { Verb, VerbContext } from './verb.ts';

export const trustVerb: Verb = {
  usage: 'trust [--add KEY.pub] [--for EMAIL]',
  options: {
    add: { type: 'string', takes: 'KEY', summary: 'add a key (its .pub file or the private key beside it)' },
    for: { type: 'string', takes: 'EMAIL', summary: 'whose key it is; yours by default' },
  },
  examples: ['trust', 'trust --add ~/.ssh/id_countersign.pub', 'trust --json'],
  arity: [0, 0],
  async run({ options }, context) {
    const ports = context.ports();
    const add = options['add'] as string | undefined;
    if (add !== undefined) {
      requirePerson(context, 'trust --add');
      const who = (options['for'] as string | undefined) ?? (await email(ports));
      const publicKey = await ports.signatures.publicKey(add.replace(/\.pub$/, ''));
      const answer = addSigner(ports, who, publicKey);
      return { answer, text: trustText(answer, context.terminal) };
    }
    const answer = trustView(ports);
    const open = answer.data.state === 'unpinned' || answer.data.state === 'changed';
    if (!open || !context.terminal.interactive || options['json'] === true)
      return { answer, text: trustText(answer, context.terminal), exit: open ? 1 : 0 };
    context.terminal.show(trustText(answer, context.terminal));
    const accepted = await acceptWhenTyped(ports, context);
    return { answer: accepted, text: trustText(accepted, context.terminal) };
  },
};

/**
 * A person accepts the signers of this repository on this machine.
 *
 * @throws Fault `not-accepted`
 */
export async function acceptWhenTyped(ports: Ports, context: VerbContext) {
  requirePerson(context, 'trust');
  const typed = await context.terminal.ask('Type accept to trust exactly these signers on this machine: ');
  if (typed !== 'accept')
    throw inputFault({
      code: 'not-accepted',
      message: 'the signers were not accepted',
      next: 'ask whoever changed the list',
    });
  return acceptSigners(ports);
}

async function email(ports: Ports): Promise<string> {
  const person = await whoIsThere(ports);
  return person.email ?? person.name;
}

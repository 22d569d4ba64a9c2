import { recordDeclaration, withhold } from '../../app/declare.ts';
import { signDeclaration } from '../../app/sign.ts';
import { short } from '../../domain/decision/subject.ts';
import { policyFault } from '../../domain/fault.ts';
import { whoIsThere } from '../person.ts';
import { requirePerson } from '../person-at-terminal.ts';
import { findKey, firstUse, warnAbout } from '../signing-key.ts';
import type { Verb } from './verb.ts';

export const withholdVerb: Verb = {
  usage: 'withhold <id> <evidence> --reason TEXT [--key PATH]',
  options: {
    reason: { type: 'string', takes: 'TEXT', summary: 'why the bytes have to go; goes into the record' },
    key: { type: 'string', takes: 'PATH', summary: 'the SSH key to sign with' },
  },
  examples: ['withhold office-vlans 3f2a9c0b1d4e --reason "a password was captured; rotated"'],
  arity: [2, 2],
  async run({ args, options }, context) {
    requirePerson(context, 'withhold');
    const ports = context.ports();
    const [id, prefix] = args as [string, string];
    const by = await whoIsThere(ports);
    const declaration = withhold(ports, id, prefix, { reason: (options['reason'] as string | undefined) ?? '', by });
    const key = await findKey(ports, options['key'] as string | undefined);
    if (key === undefined)
      throw policyFault({
        code: 'no-key',
        message: 'evidence is withheld by a signature only',
        next: 'countersign init --signed, or --key PATH',
      });
    await firstUse(ports, context);
    warnAbout(key, context);
    const name = declaration.act === 'withhold' ? short(declaration.evidence) : '';
    const typed = await context.terminal.ask(`The bytes go and cannot come back from here. Type ${name} to go on: `);
    if (typed !== name)
      return {
        answer: { said: 'Nothing was withheld.', blocks: [`what was typed is not ${name}`], next: '', data: {} },
        exit: 1,
      };
    return { answer: recordDeclaration(ports, id, declaration, await signDeclaration(ports, declaration, key.path)) };
  },
};

import { environmentFault, inputFault } from '../domain/fault.ts';
import type { VerbContext } from './verbs/verb.ts';

/**
 * No terminal is no decision, and an agent's shell is not a person's terminal.
 *
 * @throws Fault `not-a-person`, `no-terminal`
 */
export function requirePerson(context: VerbContext, what: string): void {
  if (context.env['CLAUDECODE'])
    throw inputFault({
      code: 'not-a-person',
      message: `${what} was called inside an agent's shell`,
      expected: "a person's own terminal",
      next: 'the person types it there, or /approve <digest> in the client',
    });
  if (!context.terminal.interactive)
    throw environmentFault({
      code: 'no-terminal',
      message: `${what} needs a terminal where the content is shown and the answer typed`,
      expected: 'standard input and output on a terminal',
      next: 'run it in your own terminal (with ssh: ssh -t)',
    });
}

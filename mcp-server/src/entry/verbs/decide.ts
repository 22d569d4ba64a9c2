import { decide } from '../../app/decide.ts';
import { review } from '../../app/review.ts';
import type { Decision } from '../../domain/decision/statement.ts';
import { short } from '../../domain/decision/subject.ts';
import { environmentFault, inputFault } from '../../domain/fault.ts';
import { whoIsThere } from '../person.ts';
import { reviewText } from '../render/review.ts';
import type { Verb, VerbContext } from './verb.ts';

/** `approve`, `reject` and `revoke`: shown in full, decided by typing the digest in a terminal. */
export function decisionVerb(decision: Decision): Verb {
  return {
    usage: `${decision} <id> <stage> [--reason TEXT]`,
    options: { reason: { type: 'string', takes: 'TEXT', summary: 'goes into the record' } },
    examples: [`${decision} office-vlans requirements`],
    arity: [2, 2],
    async run({ args, options }, context) {
      requirePerson(context, decision);
      const ports = context.ports();
      const approver = await whoIsThere(ports);
      const shown = review(ports, args[0]!, args[1]!);
      const { digest, gate, seen, delivery } = shown.data;
      if (digest === null)
        return {
          answer: { ...shown, said: `There is nothing to decide about: ${gate.about} has not been submitted.` },
          exit: 1,
        };
      context.terminal.show(reviewText(shown, context.terminal));
      let reason = (options['reason'] as string | undefined) ?? '';
      if (decision !== 'approve' && reason === '') reason = await context.terminal.ask(`Reason to ${decision}: `);
      const typed = await context.terminal.ask(
        `You are ${approver.name}${approver.email === undefined ? '' : ` <${approver.email}>`}. To ${decision} ${gate.about}, type its digest ${short(digest)}: `,
      );
      if (typed.length < 12 || !digest.startsWith(typed.toLowerCase()))
        return {
          answer: { ...shown, said: 'Nothing was decided.', blocks: ['what was typed is not the digest'] },
          exit: 1,
        };
      const answer = decide(ports, {
        decision,
        digest,
        comment: reason,
        approver,
        via: 'terminal',
        level: 'recorded',
        seen,
        delivery,
        about: gate.about,
      });
      return { answer };
    },
  };
}

/** No terminal is no decision, and an agent's shell is not a person's terminal. */
function requirePerson(context: VerbContext, decision: Decision): void {
  if (context.env['CLAUDECODE'])
    throw inputFault({
      code: 'not-a-person',
      message: `${decision} was called inside an agent's shell`,
      expected: "a person's own terminal",
      next: 'the person types it there, or /approve <digest> in the client',
    });
  if (!context.terminal.interactive)
    throw environmentFault({
      code: 'no-terminal',
      message: `${decision} needs a terminal where the content is shown and the answer typed`,
      expected: 'standard input and output on a terminal',
      next: 'run it in your own terminal (with ssh: ssh -t)',
    });
}

import { prepareDecision, recordDecision } from '../../app/decide.ts';
import type { Identity } from '../../app/ports/repository.ts';

import type { Ports } from '../../app/ports.ts';
import { review } from '../../app/review.ts';
import { signDecision } from '../../app/sign.ts';
import type { Decision } from '../../domain/decision/statement.ts';
import { short } from '../../domain/decision/subject.ts';
import { whoIsThere } from '../person.ts';
import { requirePerson } from '../person-at-terminal.ts';
import { inPullRequest, pullRequest } from '../pull-request.ts';
import { reviewText } from '../render/review.ts';
import { findKey, firstUse, warnAbout } from '../signing-key.ts';
import type { Verb, VerbContext, VerbInput, VerbResult } from './verb.ts';

/** `approve`, `reject` and `revoke`: shown in full, decided by typing the digest in a terminal, signed where there is a key. */
export function decisionVerb(decision: Decision): Verb {
  return {
    usage: `${decision} <id> <subject> [--reason TEXT] [--key PATH] [--pr N]`,
    options: {
      reason: { type: 'string', takes: 'TEXT', summary: 'goes into the record' },
      key: { type: 'string', takes: 'PATH', summary: 'the SSH key to sign with' },
      pr: { type: 'string', takes: 'N', summary: 'decide on the branch of this pull request, and push to it' },
      recorded: { type: 'boolean', summary: 'do not sign: level recorded' },
    },
    examples: [
      `${decision} office-vlans requirements`,
      `${decision} office-vlans track:light --key ~/.ssh/id_countersign`,
    ],
    arity: [2, 2],
    async run(input, context) {
      requirePerson(context, decision);
      const number = input.options['pr'] === undefined ? undefined : pullRequest(input.options['pr'], context.env);
      if (number === undefined) return decideAtTerminal(decision, context.ports(), input, context);
      return inPullRequest(context, number, (ports) => decideAtTerminal(decision, ports, input, context));
    },
  };
}

async function decideAtTerminal(
  decision: Decision,
  ports: Ports,
  { args, options }: VerbInput,
  context: VerbContext,
): Promise<VerbResult> {
  const approver = await whoIsThere(ports);
  const shown = review(ports, args[0]!, args[1]!);
  const { digest, gate, seen, delivery } = shown.data;
  if (digest === null)
    return {
      answer: { ...shown, said: `There is nothing to decide about: ${gate.about} has not been submitted.` },
      exit: 1,
    };
  const key = options['recorded'] === true ? undefined : await findKey(ports, options['key'] as string | undefined);
  if (key !== undefined) await firstUse(ports, context);
  context.terminal.show(reviewText(shown, context.terminal));
  warnAbout(key, context);
  let reason = (options['reason'] as string | undefined) ?? '';
  if (decision !== 'approve' && reason === '') reason = await context.terminal.ask(`Reason to ${decision}: `);
  const typed = await context.terminal.ask(question(approver, decision, gate.about, digest));
  if (typed.length < 12 || !digest.startsWith(typed.toLowerCase()))
    return {
      answer: { ...shown, said: 'Nothing was decided.', blocks: ['what was typed is not the digest'] },
      exit: 1,
    };
  const input = { decision, digest, comment: reason, approver, via: 'terminal', seen, delivery, about: gate.about };
  const prepared = prepareDecision(ports, input);
  return {
    answer: key === undefined ? recordDecision(ports, prepared) : await signDecision(ports, prepared, key.path),
  };
}

function question(approver: Identity, decision: Decision, about: string, digest: string): string {
  const email = approver.email === undefined ? '' : ` <${approver.email}>`;
  return `You are ${approver.name}${email}. To ${decision} ${about}, type its digest ${short(digest)}: `;
}

import { isBlocked } from '../../app/answer.ts';
import { decide } from '../../app/decide.ts';
import { inputFault } from '../../domain/fault.ts';
import { compose } from '../compose.ts';
import { whoIsThere } from '../person.ts';
import { faultText, faultView } from '../respond.ts';

/**
 * A typed `/approve <digest>` or `/approve reject|revoke <digest> <reason>`; a delivery and a stage before the digest
 * are checked when they are given.
 *
 * @returns what to tell the person
 */
export async function typedDecision(projectDir: string, args: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { ports } = compose(projectDir, env);
    const typed = parseDecision(args);
    const approver = await whoIsThere(ports);
    const answer = decide(ports, { ...typed, approver, via: 'typed-command' });
    const lines = [answer.said, ...answer.blocks];
    if (isBlocked(answer) || answer.next !== '') lines.push(`next: ${answer.next}`);
    return lines.join('\n');
  } catch (error) {
    return `Nothing was decided. ${faultText(faultView(error))}`;
  }
}

interface Typed {
  decision: 'approve' | 'reject' | 'revoke';
  digest: string;
  comment: string;
  delivery?: string;
  about?: string;
}

function parseDecision(args: string): Typed {
  const words = args.trim().split(/\s+/).filter(Boolean);
  const verb = words[0]?.toLowerCase();
  const decision = verb === 'reject' || verb === 'revoke' ? verb : 'approve';
  if (decision !== 'approve' || verb === 'approve') words.shift();
  const at = words.slice(0, 3).findIndex((word) => /^[0-9a-f]{12,64}$/i.test(word));
  if (at < 0)
    throw inputFault({
      code: 'bad-usage',
      message: 'there is no digest in what was typed',
      expected: '/approve <digest>, /approve reject <digest> <reason> or /approve revoke <digest> <reason>',
      next: '/delivery-status shows what waits for a decision',
    });
  const [delivery, about] = words.slice(0, at);
  const comment = words.slice(at + 1).join(' ');
  if (decision !== 'approve' && comment === '')
    throw inputFault({
      code: 'no-reason',
      message: `to ${decision} needs a reason`,
      expected: `/approve ${decision} ${words[at]} <reason>`,
    });
  return {
    decision,
    digest: words[at]!.toLowerCase(),
    comment,
    ...(delivery === undefined ? {} : { delivery }),
    ...(about === undefined ? {} : { about }),
  };
}

import { fileURLToPath } from 'node:url';
import type { Answer } from '../app/answer.ts';
import { shellWord } from './shell-word.ts';

const COMMAND_LINE = shellWord(fileURLToPath(new URL('./cli.mjs', import.meta.url)));

/** What to type where a client has no `/approve`: the command of a terminal, for what the call was about. */
export function typedElsewhere(answer: Answer, { delivery, stage }: Record<string, unknown>): Answer {
  if (!answer.next.includes('/approve ') || typeof delivery !== 'string') return answer;
  const about = typeof stage === 'string' ? stage : '<stage>';
  return {
    ...answer,
    next: `${answer.next}; in a client without /approve, in a terminal: node ${COMMAND_LINE} approve ${delivery} ${about}`,
  };
}

import { review } from '../../app/review.ts';
import { reviewText } from '../render/review.ts';
import type { Verb } from './verb.ts';

export const reviewVerb: Verb = {
  usage: 'review <id> <stage>',
  examples: ['review office-vlans design'],
  arity: [2, 2],
  run({ args }, context) {
    const answer = review(context.ports(), args[0]!, args[1]!);
    return { answer, text: reviewText(answer, context.terminal), exit: 0 };
  },
};

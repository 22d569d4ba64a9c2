import { review } from '../../app/review.ts';
import { reviewText } from '../render/review.ts';
import { reviewMarkdown } from '../render/review-markdown.ts';
import type { Verb } from './verb.ts';

export const reviewVerb: Verb = {
  usage: 'review <id> <subject> [--md]',
  options: { md: { type: 'boolean', summary: 'Markdown for a pull request: the digest, and what changed in meaning' } },
  examples: ['review office-vlans design', 'review office-vlans design --md | gh pr comment 7 --body-file -'],
  arity: [2, 2],
  run({ args, options }, context) {
    const answer = review(context.ports(), args[0]!, args[1]!);
    const text = options['md'] === true ? reviewMarkdown(answer, 'countersign') : reviewText(answer, context.terminal);
    return { answer, text, exit: 0 };
  },
};

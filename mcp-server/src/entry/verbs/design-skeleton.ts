import { designSkeleton } from '../../app/design-skeleton.ts';
import type { Verb } from './verb.ts';

export const designSkeletonVerb: Verb = {
  usage: 'design-skeleton <id>',
  examples: ['design-skeleton office-vlans > deliveries/office-vlans/design.md'],
  arity: [1, 1],
  run({ args }, context) {
    const answer = designSkeleton(context.ports(), args[0]!);
    // The text is the answer; what blocks goes to standard error's exit code and --json.
    return { answer, text: answer.data.design.trimEnd() };
  },
};

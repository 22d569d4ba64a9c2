import { designSkeleton, type Moved } from '../../app/design-skeleton.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const designSkeletonVerb: Verb = {
  usage: 'design-skeleton <id> [--moved]',
  options: { moved: { type: 'boolean', summary: 'show what a later snapshot changes, in place of the text' } },
  examples: [
    'design-skeleton office-vlans > deliveries/office-vlans/design.md',
    'design-skeleton office-vlans --moved',
  ],
  arity: [1, 1],
  run({ args, options }, context) {
    const answer = designSkeleton(context.ports(), args[0]!);
    const { design, moved } = answer.data;
    if (options['moved'] === true)
      return { answer, text: [...movedLines(moved), answer.said, `next: ${answer.next}`].map(printable).join('\n') };
    // The text is the answer; what blocks goes to standard error's exit code and --json.
    return { answer, text: design.trimEnd() };
  },
};

function movedLines(moved: Moved | null): string[] {
  if (moved === null) return ['feasibility.md rests on the last snapshot'];
  const { needs, design, facts } = moved;
  return [
    ...needs.map(({ need, before, after }) => `${need.padEnd(8)} ${before} -> ${after}`),
    ...design.map(({ key, title, change }) => `${change.padEnd(8)} ${key} ${title}`.trimEnd()),
    ...facts.map((id) => `moved    ${id}`),
  ];
}

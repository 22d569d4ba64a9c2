import { groupBy } from '../../group.ts';
import { titleOf } from '../story/entry-points.ts';
import type { Step, Story } from '../story/story.ts';
import { cite, code, inferred, ranges } from './markdown.ts';
import type { DraftSource } from './source.ts';

/** What happens when a step fails, steps of the same answer together. */
export function failureModes({ stories, prefix }: DraftSource): string {
  const blocks = stories.flatMap((story) =>
    [...groupBy(story.steps.filter(isWorthSaying), ({ failure }) => `${failure.rule} ${failure.says}`).values()].map(
      (steps) => {
        const { failure } = steps[0]!;
        const numbers = ranges(steps.map((step) => step.number));
        return [
          `### ${code(titleOf(story.entry))}: step ${numbers} fails`,
          '',
          `- Detection: ${detection(steps)}`,
          `- Response: ${failure.says.replaceAll('`', "'")} ${inferred(failure.rule)} ${cite(
            steps.flatMap((step) => step.fact.evidence),
            prefix,
          )}`,
          `- Left behind: ${leftBehind(story, steps)}`,
        ].join('\n');
      },
    ),
  );
  return ['## Failure modes', ...(blocks.length > 0 ? blocks : ['No step that can fail was seen.'])].join('\n\n');
}

/** Only where something is written does a failure leave something behind. */
const isWorthSaying = (step: Step) =>
  step.effect === 'write' || step.failure.outcome === 'handled' || step.failure.outcome === 'ignored';

function detection(steps: readonly Step[]): string {
  return steps[0]?.failure.outcome === 'goes-on' || steps[0]?.failure.outcome === 'ignored'
    ? 'nothing stops; only the output shows it'
    : 'the run ends with an error';
}

function leftBehind(story: Story, steps: readonly Step[]): string {
  const last = steps.at(-1)!.number;
  const before = story.steps.filter((step) => step.effect === 'write' && !step.onlyOnFailure && step.number < last);
  return before.length === 0
    ? 'nothing was written before'
    : `what the steps ${ranges(before.map((step) => step.number))} wrote, as far as they ran`;
}

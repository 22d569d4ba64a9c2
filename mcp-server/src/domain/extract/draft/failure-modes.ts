import { groupBy } from '../../group.ts';
import { titleOf } from '../story/entry-points.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { cite, code, inferred, list, stepsText } from './markdown.ts';
import type { DraftSource } from './source.ts';

/** What happens when a step fails, steps of the same answer together. */
export function failureModes({ stories, prefix }: DraftSource): string {
  const blocks = stories.flatMap((story) =>
    [
      ...groupBy(
        story.steps.filter(isWorthSaying),
        ({ failure }) => `${failure.rule} ${failure.ends} ${failure.says}`,
      ).values(),
    ].map((steps) => {
      const { failure } = steps[0]!;
      const numbers = stepsText(steps.map((step) => step.number));
      const which = steps.length === 1 ? numbers : `one of the ${numbers}`;
      return [
        `### ${code(titleOf(story.entry))}: ${which} fails`,
        '',
        `- Detection: ${detection(steps)}`,
        `- Response: ${failure.says.replaceAll('`', "'")} ${inferred(failure.rule)} ${cite(
          steps.flatMap((step) => step.fact.evidence),
          prefix,
        )}`,
        `- Left behind: ${leftBehind(story, steps)}`,
      ].join('\n');
    }),
  );
  return ['## Failure modes', ...(blocks.length > 0 ? blocks : ['No step that can fail was seen.'])].join('\n\n');
}

/** Writes, or may: nothing here says what modules and roles of others do. */
const mayWrite = ({ effect, elsewhere }: Step) => effect === 'write' || elsewhere;

/** Only where something is written does a failure leave something behind. */
const isWorthSaying = (step: Step) =>
  mayWrite(step) || step.failure.outcome === 'handled' || step.failure.outcome === 'ignored';

function detection([step]: readonly Step[]): string {
  const { ends, outcome, by } = step!.failure;
  if (ends) return 'the run ends with an error';
  if (outcome === 'handled')
    return `${list(by.slice(0, 3).map(({ name }) => code(name)))} is seen to run; the run itself may end without an error`;
  return 'nothing stops; only the output shows it';
}

/** For several steps at once it is told once: what lies before the one that fails. */
function leftBehind(story: Story, steps: readonly Step[]): string {
  const last = steps.at(-1)!.number;
  const before = story.steps.filter((step) => mayWrite(step) && !step.onlyOnFailure && step.number < last);
  if (before.length === 0) return 'no step before it is seen to write';
  const numbers = stepsText(before.map((step) => step.number));
  return steps.length === 1
    ? `what ${before.length === 1 ? '' : 'the '}${numbers} wrote, as far as they ran`
    : `what those of the ${numbers} wrote that come before the failing one`;
}

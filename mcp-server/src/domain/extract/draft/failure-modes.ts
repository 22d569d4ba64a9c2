import { groupBy } from '../../group.ts';
import { titleOf } from '../story/entry-points.ts';
import { mostEntriesInOneDraft } from '../story/groups.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { cite, code, firstSteps, inferred, list, whichOf } from './markdown.ts';
import type { DraftSource } from './source.ts';

/** What happens when a step fails: steps of the same answer together, the answer of the most steps last. */
export function failureModes({ stories, prefix }: DraftSource): string {
  const blocks = stories.slice(0, mostEntriesInOneDraft).flatMap((story) =>
    [...groupBy(story.steps, ({ failure }) => `${failure.rule} ${failure.ends} ${failure.says}`).values()]
      .sort((a, b) => a.length - b.length || a[0]!.number - b[0]!.number)
      .map((steps) => {
        const { failure } = steps[0]!;
        const numbers = steps.map((step) => step.number);
        const name = nameOf(story, steps);
        return [
          `### ${code(titleOf(story.entry))}: ${name} fails`,
          '',
          // Where the heading has no room for them.
          ...(/^one of \d+ steps/.test(name) ? [`- Steps: ${firstSteps(numbers)}`] : []),
          `- Detection: ${detection(steps)}`,
          `- Response: ${failure.says.replaceAll('`', "'")} ${inferred(failure.rule)} ${cite(
            steps.flatMap((step) => step.fact.evidence),
            prefix,
          )}`,
          `- Left behind: ${leftBehind(story, steps)}`,
          `- To do: ${toDo(story, steps, writtenBefore(story, steps).length > 0)}`,
        ].join('\n');
      }),
  );
  return ['## Failure modes', ...(blocks.length > 0 ? blocks : ['No step that can fail was seen.'])].join('\n\n');
}

function nameOf(story: Story, steps: readonly Step[]): string {
  const [step] = steps;
  if (steps.length === 1) return `step ${step!.number} (${code(step!.fact.name)})`;
  return steps.length === story.steps.length ? 'any step' : whichOf(steps.map(({ number }) => number));
}

/** Writes, or may: nothing here says what modules and roles of others do. */
const mayWrite = ({ effect, elsewhere }: Step) => effect === 'write' || elsewhere;

function detection([step]: readonly Step[]): string {
  const { ends, outcome, by } = step!.failure;
  if (ends) return 'the run ends with an error';
  if (outcome === 'handled')
    return `${list(by.slice(0, 3).map(({ name }) => code(name)))} is seen to run; the run itself may end without an error`;
  return 'nothing stops; only the output shows it';
}

function writtenBefore(story: Story, steps: readonly Step[]): Step[] {
  const last = steps.at(-1)!.number;
  return story.steps.filter((step) => mayWrite(step) && !step.onlyOnFailure && step.number < last);
}

/** For several steps at once it is told once: what lies before the one that fails. */
function leftBehind(story: Story, steps: readonly Step[]): string {
  const before = writtenBefore(story, steps);
  if (before.length === 0) return 'nothing: no step before it is seen to write';
  const [first] = before;
  const named = `step ${first!.number} (${code(first!.fact.name)})`;
  if (before.length === 1) return `what ${named} wrote, if it ran before`;
  return `what ran before it of the ${before.length} steps that write or may, the first of which is ${named}`;
}

/** What is left to a person, by what the format does when it is run again (documentation of each tool). */
const again: { readonly [format: string]: string } = {
  ansible:
    'mend the cause and run the playbook again, from the start or for the hosts that dropped out (--limit); tasks that ran before run again',
  terraform: 'mend the cause and apply again: it goes on from the state',
  kubernetes: 'mend the object and apply again: what is there already stays as it is',
  kustomize: 'mend the object and apply again: what is there already stays as it is',
  helm: 'look at the state of the release, then upgrade it again or roll it back',
  compose: 'look at the log of the service, mend the cause and bring it up again',
  dockerfile: 'mend the cause and build again; nothing has to be cleaned up but layers',
  'github-actions': 'mend the cause and run the failed jobs again; what earlier steps wrote outside is there already',
  'gitlab-ci': 'mend the cause and retry the job; what earlier jobs wrote outside is there already',
  jenkins: 'mend the cause and run the pipeline again, from its start; what earlier stages wrote is there already',
  make: 'mend the cause and run make again; targets that are files and newer than what they need are not made again',
  shell:
    'mend the cause and run the script again, from its first line; it is for a person to see that nothing is done twice',
};

function toDo({ rollbacks }: Story, [step]: readonly Step[], isWritten: boolean): string {
  const { outcome, ends } = step!.failure;
  if (outcome === 'ignored' || outcome === 'goes-on')
    return 'read the output: whether it ran cannot be told from how the run ends';
  const next = again[step!.fact.format] ?? 'find out how far it came before anything is run again';
  if (outcome === 'handled') return `see what ${ends ? 'that' : 'it'} took back and what not; then ${next}`;
  if (!isWritten) return next;
  return rollbacks.length === 0 ? `nothing takes it back; ${next}` : `${next}; to take it back, see Rollback`;
}

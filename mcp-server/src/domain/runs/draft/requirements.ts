import { cite, code, inferred, list } from '../../extract/draft/markdown.ts';
import {
  extraction,
  front,
  type RequirementIds,
  requirementsOf,
  risks,
  systems,
} from '../../extract/draft/requirements.ts';
import type { DraftSource } from '../../extract/draft/source.ts';
import { titleOf } from '../../extract/story/entry-points.ts';
import { enoughRuns } from '../mine/job.ts';
import { obligationsOf } from './obligations.ts';
import { questionsOf } from './questions.ts';
import { countText, jobOf, runCount } from './run-steps.ts';

/** requirements.md of what agents did: what their runs have in common, each sentence with its lines; the rest are questions. */
export function draftRunRequirements(source: DraftSource): RequirementIds {
  const { stories, title, prefix } = source;
  const { text, ofStory, criteria } = requirementsOf(source, obligationsOf);
  const sections = [
    front(title, stories),
    problem(source),
    scope(source),
    '## Capabilities\n\n### CAP-1: Run a deterministic automation\n\n- Required: yes\n- If not available: the job stays with an agent, whose steps nobody approved',
    systems(source),
    text,
    risks(source),
    '## Limits\n\nRuns name none: how much one run may touch, and how often it may try again, is for a person to say.',
    '## Constraints\n\nThe runs show none.',
    questionsOf(stories, prefix),
    extraction(source),
  ];
  return { text: `${sections.join('\n\n')}\n`, ofStory, criteria };
}

function problem({ stories, prefix }: DraftSource): string {
  const jobs = stories.map((story) => {
    const runs = runCount(story);
    const few =
      runs >= enoughRuns
        ? ''
        : runs === 1
          ? '; one run cannot tell what varies, what is left out and what was chance'
          : `; fewer than ${enoughRuns} runs, so what all of them have may still be chance`;
    const evidence = jobOf(story)?.evidence ?? [];
    return `An agent did ${code(titleOf(story.entry))} in ${countText(runs, 'run')}${few} ${inferred('agent-runs')} ${cite(evidence, prefix)}.`;
  });
  return [
    '## Problem',
    '',
    ...jobs,
    'Every run chose its steps anew, and nobody agreed to them beforehand. What the job is for, the runs do not say (Q-1).',
    '',
    '## Goal',
    '',
    'What the runs have in common is confirmed by its owner and runs without an agent that chooses: the same inputs give the same steps, and it changes only with an approval.',
  ].join('\n');
}

function scope({ stories, report, prefix }: DraftSource): string {
  const inside = stories.map((story) => {
    const writes = story.steps.filter((step) => step.effect === 'write').length;
    return `- ${code(titleOf(story.entry))}: ${countText(story.steps.length, 'step')}, ${writes} of them write ${inferred('majority-of-runs')} ${cite(jobOf(story)?.evidence ?? [], prefix, 1)}`;
  });
  const skipped = report.skipped.length;
  return [
    '## Scope',
    '',
    '### In scope',
    '',
    ...inside,
    '',
    '### Out of scope',
    '',
    '- What agents thought and wrote between their calls.',
    '- What single runs did beside the others.',
    ...(skipped > 0
      ? [
          `- ${countText(skipped, 'place')} of the transcripts that could not be read (${list([...new Set(report.skipped.map((one) => one.reason))])}).`,
        ]
      : []),
  ].join('\n');
}

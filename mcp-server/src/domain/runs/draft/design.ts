import { bindings, configuration } from '../../extract/draft/design.ts';
import { phaseDiagram } from '../../extract/draft/diagram.ts';
import { cite, code, inferred, list, table } from '../../extract/draft/markdown.ts';
import { extraction, type RequirementIds } from '../../extract/draft/requirements.ts';
import type { DraftSource } from '../../extract/draft/source.ts';
import { titleOf } from '../../extract/story/entry-points.ts';
import type { Story } from '../../extract/story/story.ts';
import { groupBy } from '../../group.ts';
import { countText, jobOf, ruleOf, runCount, supportText, textsOf } from './run-steps.ts';

const mostSteps = 60;

/** design.md of what agents did: a deterministic construct for every step, every component still to be built. */
export function draftRunDesign(source: DraftSource, requirements: RequirementIds): string {
  const sections = [
    '---\ncountersign: design/1\n---',
    environment(source),
    decisions(source),
    bindings(source),
    components(source, requirements),
    '## Interfaces\n\nWhat a component hands to the next is in the column Given of the flow: results of steps by their names.',
    flow(source),
    failureModes(source),
    verification(source, requirements),
    configuration(source),
    rollback(source),
    extraction(source),
  ];
  return `${sections.join('\n\n')}\n`;
}

function environment({ stories, prefix }: DraftSource): string {
  const runs = stories.reduce((sum, story) => sum + runCount(story), 0);
  const evidence = stories.flatMap((story) => jobOf(story)?.evidence ?? []);
  return `## Environment\n\nThe systems that ${countText(runs, 'run')} of an agent talked to ${inferred('agent-runs')} ${cite(evidence, prefix, 2)}. Where the automation itself runs is to be decided.`;
}

function decisions({ stories, prefix }: DraftSource): string {
  const blocks = [
    [
      '### DEC-1: Fixed steps in place of an agent that chooses',
      '',
      '- Choice: every step that most runs have becomes a deterministic construct; an agent may still start the automation',
      '- Rationale: what was agreed to can only be held by what does the same every time',
      '- Alternatives: keep the agent, with an approval before each step that writes',
    ],
  ];
  for (const story of stories)
    for (const fact of story.decisions.slice(0, 8)) {
      const [first = '', second] = textsOf(fact, 'ways');
      blocks.push([
        `### DEC-${blocks.length + 1}: ${code(first)}${second === undefined ? '' : ` or ${code(second)}`}`,
        '',
        `- Choice: by ${textsOf(fact, 'conditions').length === 0 ? 'a condition that no run shows' : list(textsOf(fact, 'conditions').slice(0, 1).map(code))} ${inferred(ruleOf(fact))} ${cite(fact.evidence, prefix)}`,
        `- Rationale: ${list(textsOf(fact, 'support'))} runs took these ways; a person says whether that is policy or chance`,
        `- Alternatives: ${list(textsOf(fact, 'conditions').slice(1).map(code)) || 'always the way of the majority'}`,
      ]);
    }
  return ['## Decisions', ...blocks.map((lines) => lines.join('\n'))].join('\n\n');
}

interface Part {
  title: string;
  kind: string;
  path: string;
  dependsOn: number[];
  realises: string[];
  evidence: string;
}

/** One component for the order of a job's steps, and one for each system that it talks to. */
function partsOf({ stories, prefix }: DraftSource, { ofStory }: RequirementIds): Part[] {
  const parts: Part[] = [];
  stories.forEach((story, at) => {
    const name = titleOf(story.entry);
    const folder = `automation/${slug(name)}`;
    const groups = [...groupBy(story.steps, (step) => String(step.fact.attributes['cluster'] ?? 'steps'))];
    const own = groups.map(([cluster, steps]) => {
      parts.push({
        title: `Steps on ${cluster}`,
        kind: 'tasks',
        path: `${folder}/${slug(cluster)}/`,
        dependsOn: [],
        realises: (ofStory[at] ?? []).slice(0, 1),
        evidence: `${inferred('one-component-a-system')} ${cite(
          steps.flatMap((step) => step.fact.evidence.slice(0, 1)),
          prefix,
        )}`,
      });
      return parts.length;
    });
    parts.push({
      title: `Order of ${name}`,
      kind: 'orchestration',
      path: `${folder}/main/`,
      dependsOn: own,
      realises: ofStory[at] ?? [],
      evidence: `${inferred('sequence-of-runs')} ${cite(jobOf(story)?.evidence ?? [], prefix, 2)}`,
    });
  });
  return parts;
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '') || 'job';

function components(source: DraftSource, requirements: RequirementIds): string {
  const blocks = partsOf(source, requirements).map((part, at) =>
    [
      `### CMP-${at + 1}: ${code(part.title)}`,
      '',
      `- Kind: ${part.kind}`,
      '- Action: build',
      `- Depends on: ${part.dependsOn.length === 0 ? 'none' : part.dependsOn.map((one) => `CMP-${one}`).join(', ')}`,
      `- Realises: ${part.realises.length === 0 ? 'none' : part.realises.join(', ')}`,
      '- Paths:',
      `  - \`${part.path}\``,
      `- Evidence: ${part.evidence}`,
    ].join('\n'),
  );
  return ['## Components', ...blocks].join('\n\n');
}

function flow({ stories, prefix }: DraftSource): string {
  const parts = ['## Flow'];
  for (const story of stories) {
    const job = jobOf(story);
    parts.push(
      `${code(titleOf(story.entry))}, as ${countText(runCount(story), 'run')} had it ${inferred('majority-of-runs')} ${cite(job?.evidence ?? [], prefix, 2)}:`,
      phaseDiagram(story),
      stepTable(story, prefix),
    );
    if (story.steps.length > mostSteps) parts.push(`${story.steps.length - mostSteps} more steps are in the facts.`);
  }
  return parts.join('\n\n');
}

function stepTable({ steps }: Story, prefix: string): string {
  const rows = steps
    .slice(0, mostSteps)
    .map(({ number, fact, effect }) => [
      String(number),
      code(fact.name),
      effect === undefined ? '' : `${effect}s`,
      String(fact.attributes['construct'] ?? ''),
      textsOf(fact, 'given').slice(0, 5).map(code).join(', '),
      supportText(fact),
      cite(fact.evidence, prefix, 1),
    ]);
  return table(['Step', 'The agent did', 'Effect', 'In its place', 'Given', 'Support', 'Evidence'], rows);
}

function failureModes({ stories, prefix }: DraftSource): string {
  const blocks = stories.flatMap((story) =>
    story.steps
      .filter(({ fact, effect }) => effect === 'write' || fact.attributes['retries'] !== undefined)
      .slice(0, 20)
      .map(({ number, fact }) => {
        const errors = textsOf(fact, 'errors');
        const response =
          fact.attributes['retries'] === undefined
            ? 'no run shows this step failing; the run has to end, and say what was done'
            : `${String(fact.attributes['retries'])}; try again within a bound, then end`;
        return [
          `### ${code(titleOf(story.entry))}: step ${number} fails`,
          '',
          `- Detection: ${errors.length > 0 ? `an error such as ${code(errors[0] as string)}` : 'the call gives an error'}`,
          `- Response: ${response} ${inferred(ruleOf(fact))} ${cite(fact.evidence, prefix)}`,
        ].join('\n');
      }),
  );
  return ['## Failure modes', ...(blocks.length > 0 ? blocks : ['No step that writes was seen.'])].join('\n\n');
}

/** Components are checked by replaying what was seen; the commands come with what is built. */
function verification(source: DraftSource, requirements: RequirementIds): string {
  const blocks: string[] = [];
  const add = (title: string, lines: readonly string[]) =>
    blocks.push([`### CHK-${blocks.length + 1}: ${title}`, '', ...lines].join('\n'));
  partsOf(source, requirements).forEach((_, at) => {
    add(`CMP-${at + 1} makes the calls that were seen`, [
      `- Component: CMP-${at + 1}`,
      '- Method: inspection',
      '',
      'With the inputs of a run, against a test target: the calls and values are those of the flow. A command takes its place once it is built.',
    ]);
  });
  for (const { id, evidence } of requirements.criteria)
    add(`${id} holds in a run`, [
      `- Criterion: ${id}`,
      '- Method: inspection',
      '',
      `Compare a run with what ${cite(evidence, source.prefix)} shows.`,
    ]);
  return ['## Verification', ...blocks].join('\n\n');
}

function rollback({ stories, prefix }: DraftSource): string {
  const lines = stories.flatMap((story) =>
    story.steps
      .filter((step) => step.effect === 'write')
      .slice(0, 12)
      .map(
        ({ number, fact }) =>
          `- Step ${number}, ${code(fact.name)}: no run takes it back ${inferred('no-rollback')} ${cite(fact.evidence, prefix, 1)}`,
      ),
  );
  return [
    '## Rollback',
    '',
    ...(lines.length > 0 ? lines : ['Nothing is written, so nothing has to be taken back.']),
  ].join('\n');
}

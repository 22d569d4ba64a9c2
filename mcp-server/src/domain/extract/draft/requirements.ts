import { groupBy } from '../../group.ts';
import type { Evidence } from '../contract.ts';
import { titleOf } from '../story/entry-points.ts';
import { append } from '../story/fact-graph.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { glance } from './glance.ts';
import { type Suggestion, suggestionsOf } from './intent.ts';
import { gapsOf } from './known-gaps.ts';
import { cite, code, inferred, list, table } from './markdown.ts';
import { questions } from './questions.ts';
import { roleOf } from './roles.ts';
import type { DraftSource } from './source.ts';

const mostSystems = 6;

/** Ids of the requirements that each story led to, by the story's position. */
export interface RequirementIds {
  text: string;
  ofStory: string[][];
  /** Every criterion with what it rests on, for the design's checks. */
  criteria: { id: string; text: string; story: number; evidence: Evidence[] }[];
}

/** requirements.md of an extracted delivery: what the code shows, each sentence with its place; the rest are questions. */
export function draftRequirements(source: DraftSource): RequirementIds {
  const { stories, title } = source;
  const sections = [front(title, stories), problem(source), scope(source), capabilities(source), systems(source)];
  const { text, ofStory, criteria } = requirementsOf(source, suggestionsOf);
  sections.push(
    text,
    risks(source),
    // Bounds of single plays and jobs are requirements; a limit here would hold every deploy to it.
    '## Limits\n\nNone was read from the code for a run as a whole: whoever knows of one writes it here.',
    '## Constraints\n\nNone was read from the code: whoever knows of one writes it here.',
  );
  sections.push(questions(source), extraction(source));
  return { text: `${sections.join('\n\n')}\n`, ofStory, criteria };
}

export function front(title: string, stories: readonly Story[]): string {
  const destroys = stories.some(({ steps }) =>
    steps.some(
      ({ fact, effect }) =>
        effect === 'write' && /\b(?:destroy|delete|remove|absent|purge|wipe|drop)\b/i.test(fact.name),
    ),
  );
  const risk = destroys ? 'destructive' : 'standard';
  return `---\ncountersign: requirements/1\ntitle: ${JSON.stringify(title)}\nowner: "Unassigned"\nrisk: ${risk}\n---`;
}

function problem(source: DraftSource): string {
  return [
    '## Problem',
    '',
    `${glance(source)}`,
    '',
    'It runs without a specification. What it is for, the code does not say (Q-1).',
    '',
    '## Goal',
    '',
    'What the automation does today is written down and confirmed by its owner, and from then on it changes only with an approval.',
  ].join('\n');
}

function scope({ stories, report, prefix, group }: DraftSource): string {
  const inside = stories.map((story) => {
    const { entry, steps } = story;
    return `- ${code(titleOf(entry))} (${entry.kind}): ${steps.length} step${steps.length === 1 ? '' : 's'}, ${effects(story)}${touches(story)} ${inferred('entry-point')} ${cite(
      entry.heads.flatMap((head) => head.evidence),
      prefix,
      1,
    )}`;
  });
  const outside = ['- What the code cannot show: why it was made, who may start it, what people do by hand around it.'];
  if (group !== undefined) outside.push('- Other groups of entry points of the same tree.');
  if (report.skipped.length > 0)
    outside.push(
      `- ${report.skipped.length} path${report.skipped.length === 1 ? '' : 's'} that could not be read (${list([...groupBy(report.skipped, (one) => one.reason).keys()])}).`,
    );
  return ['## Scope', '', '### In scope', '', ...inside, '', '### Out of scope', '', ...outside].join('\n');
}

/** What is not seen to write may do so all the same where it is kept by another party. */
function effects({ steps, hosts }: Story): string {
  const writes = steps.filter((step) => step.effect === 'write').length;
  const elsewhere = steps.filter((step) => step.elsewhere).length;
  const seen = writes === 0 ? 'none of them is seen to write' : `${writes} of them write${writes === 1 ? 's' : ''}`;
  const on = hosts.length === 0 ? '' : ` on ${list(hosts.slice(0, mostSystems).map(code))}`;
  return `${seen}${on}${elsewhere === 0 ? '' : `; ${elsewhere} use${elsewhere === 1 ? 's' : ''} what is kept elsewhere`}`;
}

function touches({ systems: ties }: Story): string {
  const all = new Set(ties.map((tie) => tie.system));
  const names = [...all].filter((name) => !isImageOf(name, all));
  const more = names.length - mostSystems;
  const rest = more > 0 ? [`${more} more system${more === 1 ? '' : 's'}`] : [];
  return names.length === 0 ? '' : `; it touches ${list([...names.slice(0, mostSystems).map(code), ...rest])}`;
}

/** An image whose registry is named as well. */
export function isImageOf(system: string, all: ReadonlySet<string>): boolean {
  const slash = system.indexOf('/');
  return slash > 0 && all.has(system.slice(0, slash));
}

const tools: { readonly [format: string]: string } = {
  ansible: 'Run playbooks',
  terraform: 'Plan and apply declared infrastructure',
  terragrunt: 'Run units of declared infrastructure in the order of their dependencies',
  kubernetes: 'Apply manifests to a cluster',
  kustomize: 'Build overlays of manifests',
  helm: 'Install charts',
  compose: 'Run compositions of containers',
  dockerfile: 'Build container images',
  'github-actions': 'Run hosted workflows',
  'gitlab-ci': 'Run hosted pipelines',
  jenkins: 'Run build pipelines',
  shell: 'Run shell scripts',
  make: 'Run make targets',
  itential: 'Run workflows of the automation platform',
};

function capabilities({ stories, prefix }: DraftSource): string {
  const formats = [
    ...groupBy(
      stories.flatMap((story) => story.steps),
      (step) => step.fact.format,
    ),
  ].filter(([format]) => tools[format]);
  const blocks = formats.map(([format, steps], at) =>
    [
      `### CAP-${at + 1}: ${tools[format]}`,
      '',
      '- Required: yes',
      `- If not available: the steps of this kind cannot run ${inferred('source-format')} ${cite(
        steps.slice(0, 1).flatMap((step) => step.fact.evidence),
        prefix,
      )}`,
    ].join('\n'),
  );
  return ['## Capabilities', ...(blocks.length > 0 ? blocks : ['None was found.'])].join('\n\n');
}

/** Roles in the order in which the ties were found, each once. */
export function rolesOf(
  stories: readonly Story[],
): { role: string; systems: string[]; evidence: Evidence[]; ties: string[] }[] {
  const ties = stories.flatMap((story) => story.systems);
  return [...groupBy(ties, (tie) => roleOf(tie.system, tie.class))].map(([role, found]) => ({
    role,
    systems: [...new Set(found.map((tie) => tie.system))],
    ties: [...new Set(found.map((tie) => tie.class))],
    evidence: found.flatMap((tie) => tie.evidence),
  }));
}

export function systems({ stories, prefix }: DraftSource): string {
  const roles = rolesOf(stories);
  if (roles.length === 0) return '## Systems\n\nNo tie to another system was seen.';
  const using = usersOf(stories);
  const rows = roles.map(({ role, systems: names, evidence, ties }, at) => [
    `SYS-${at + 1}`,
    role,
    `${purpose(names.flatMap((name) => using.get(name) ?? []))}tied by ${list(ties)} ${inferred('coupling')} ${cite(evidence, prefix, 2)}`,
    'yes',
    'the steps that use it fail',
  ]);
  return `## Systems\n\n${table(['ID', 'System', 'Purpose', 'Required', 'If not available'], rows)}`;
}

/** Steps by the systems that they are tied to. */
function usersOf(stories: readonly Story[]): Map<string, Step[]> {
  const using = new Map<string, Step[]>();
  for (const step of stories.flatMap((story) => story.steps))
    for (const system of step.systems) append(using, system, step);
  return using;
}

function purpose(steps: readonly Step[]): string {
  const all = new Map(steps.map((step) => [step.fact.id, step]));
  const writes = [...all.values()].filter(({ effect }) => effect === 'write').length;
  if (all.size === 0) return '';
  return `${all.size} step${all.size === 1 ? ' uses' : 's use'} it${writes === 0 ? '' : `, ${writes} to write`}; `;
}

/** Numbers what stories suggest, with marks and places. */
export function requirementsOf(
  { stories, prefix }: DraftSource,
  suggestionsOf: (story: Story) => readonly Suggestion[],
): RequirementIds {
  const blocks: string[] = [];
  const criteria: RequirementIds['criteria'] = [];
  const ofStory = stories.map((story, at) =>
    suggestionsOf(story).map((one) => {
      const number = blocks.length + 1;
      const items = one.criteria.map((criterion, index) => {
        const id = `AC-${number}.${index + 1}`;
        criteria.push({ id, text: criterion.text, story: at, evidence: criterion.evidence });
        return `- **${id}** ${criterion.text} ${inferred(criterion.rule)} ${cite(criterion.evidence, prefix)}`;
      });
      const sentence = `${one.sentence} ${inferred(one.rule)} ${cite(one.evidence, prefix)}`;
      const more = one.more === undefined ? [] : ['', one.more];
      blocks.push([`### REQ-${number}: ${one.title}`, '', sentence, '', ...items, ...more].join('\n'));
      return `REQ-${number}`;
    }),
  );
  return { text: ['## Requirements', ...blocks].join('\n\n'), ofStory, criteria };
}

const risky: { readonly [rule: string]: readonly [string, string] } = {
  'secret-in-clear': ['A secret lies in clear', 'whoever reads the repository can use it'],
  'few-runs': ['Few runs were seen', 'what looks like a rule may be chance'],
  'no-error-edge': ['Adapter tasks have no error edge', 'a job stops in the middle and waits until somebody looks'],
  'missing-failure-edge': ['Decisions have one way only', 'a job ends in error where the answer is no'],
  'no-rollback': ['No way back after writes', 'a failed run leaves a state that nobody takes back'],
  'no-error-path': ['Nothing handles a failure', 'a run that stops in between leaves part of the work done'],
  'no-verification': ['Nothing checks what was written', 'a run may end well without having had an effect'],
  'ignored-errors': ['Failures are let through', 'a run ends well although a step failed'],
  'unpinned-version': ['Versions are not fixed', 'the same run does something else tomorrow'],
  'floating-image-tag': ['Images are not fixed', 'the same run starts something else tomorrow'],
  'pipe-to-shell': ['Downloads are run unseen', 'whoever controls the address controls the run'],
  'privileged-container': ['Containers act as their host', 'a fault in one is a fault of the host'],
};

export function risks({ stories, prefix }: DraftSource): string {
  const blocks = [...gapsOf(stories)]
    .filter(([rule]) => risky[rule] !== undefined)
    .map(([rule, gaps], at) => {
      const [title, impact] = risky[rule]!;
      return [
        `### RSK-${at + 1}: ${title}`,
        '',
        `- Impact: ${impact}`,
        `- Seen: ${gaps.length} time${gaps.length === 1 ? '' : 's'} ${inferred(rule)} ${cite(
          gaps.flatMap((gap) => gap.evidence.slice(0, 1)),
          prefix,
        )}`,
        '- Mitigation: none was seen; known at adoption',
      ].join('\n');
    });
  return ['## Risks', ...(blocks.length > 0 ? blocks : ['None was seen in the code.'])].join('\n\n');
}

/** What the draft was made from; later extractions compare themselves with it. */
export function extraction({ facts, commit, prefix, elsewhere, group }: DraftSource): string {
  return [
    '## Extraction',
    '',
    'Statements below a mark `(inferred ...)` were concluded from code and hold until someone denies them; approving confirms them.',
    '',
    `- Facts: \`sha256:${facts}\``,
    `- Root: \`${elsewhere ?? (prefix === '' ? '.' : prefix)}\``,
    `- Group: ${group === undefined ? 'all' : `\`${group.replace(/[`\p{Cc}]/gu, '?')}\``}`,
    `- Commit: ${commit === undefined ? 'unknown' : `\`${commit}\``}`,
  ].join('\n');
}

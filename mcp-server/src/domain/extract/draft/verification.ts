import { titleOf } from '../story/entry-points.ts';
import { cite, code, list } from './markdown.ts';
import { type Observation, observationOf } from './observe.ts';
import type { RequirementIds } from './requirements.ts';
import type { DraftSource } from './source.ts';
import type { Unit } from './units.ts';

/** Paths that one command of a check names. */
const mostPaths = 40;

/**
 * Two checks for every component, one for every criterion. The first pins the bytes that were taken over, and ends with the
 * first edit. The second pins what the component does or offers, and stands through edits: it makes the same observation of
 * the baseline commit and of the files as they are, and compares (a characterization test: Feathers, "Working Effectively
 * with Legacy Code", 2004). Nothing has to be recorded first, so it holds from before the first edit.
 */
export function verification(source: DraftSource, units: readonly Unit[], requirements: RequirementIds): string {
  const { prefix, stories } = source;
  const blocks: string[] = [];
  const add = (title: string, lines: readonly string[]) =>
    blocks.push([`### CHK-${blocks.length + 1}: ${title}`, '', ...lines].join('\n'));
  units.forEach((unit, at) => {
    const component = `CMP-${at + 1}`;
    add(`${component} is as it was adopted`, adopted(unit, component, source));
    const pinned = pinnedBehaviour(unit, component, source);
    if (pinned !== undefined) add(`${component} behaves as it did`, pinned);
  });
  for (const { id, story, evidence } of requirements.criteria)
    add(`${id} holds in a run`, [
      `- Criterion: ${id}`,
      '- Method: inspection',
      '',
      `Run ${code(titleOf(stories[story]!.entry))} against a test target and look at what ${cite(evidence, prefix)} does.`,
    ]);
  return ['## Verification', ...blocks].join('\n\n');
}

function adopted(unit: Unit, component: string, { prefix, elsewhere, commit }: DraftSource): string[] {
  const head = [`- Component: ${component}`];
  if (elsewhere !== undefined || commit === undefined)
    return [...head, '- Method: inspection', '', 'The files are those that the facts were read from.'];
  const paths = unit.paths.map((path) => quote(/\*/.test(path) ? `:(glob)${prefix}${path}` : `${prefix}${path}`));
  return [
    ...head,
    ...command(
      // One line for so many paths: all are compared, and no line is longer than systems take.
      chunks(paths).map((some) => `git diff --exit-code ${commit} -- ${some.join(' ')}`),
    ),
    '',
    'Until the first edit; the change that edits takes this check out.',
  ];
}

function chunks(paths: readonly string[]): string[][] {
  const count = Math.ceil(paths.length / mostPaths);
  return Array.from({ length: count }, (_, at) => paths.slice(at * mostPaths, (at + 1) * mostPaths));
}

function pinnedBehaviour(unit: Unit, component: string, source: DraftSource): string[] | undefined {
  const { prefix, elsewhere, commit, report } = source;
  if (elsewhere !== undefined || commit === undefined) return undefined;
  const observation = observationOf(unit, (path) => quote(`${prefix}${path}`), report);
  if (observation === undefined) return undefined;
  return [
    `- Component: ${component}`,
    ...command(comparison(observation, commit, prefix)),
    '',
    `It pins ${observation.pins}, compared with the baseline. A change that means to alter this names a later commit here.${needsText(observation)}`,
  ];
}

/** Where something is missing the check fails, as one that nobody could run. */
function needsText({ needs = [] }: Observation): string {
  return needs.length === 0 ? '' : ` Where it runs there has to be ${list(needs.map(code))}.`;
}

/** The same commands in the baseline's tree and in this one. A folder of its own and an index of its own: nothing here is touched. */
function comparison({ commands }: Observation, commit: string, prefix: string): string[] {
  return [
    'dir=$(mktemp -d)',
    `trap 'rm -rf "$dir"' EXIT`,
    'mkdir "$dir/tree"',
    `GIT_INDEX_FILE="$dir/index" git --work-tree="$dir/tree" checkout --quiet ${commit} -- ${prefix === '' ? '.' : quote(prefix)}`,
    'observe() {',
    ...commands.map((line) => `  ${line}`),
    '}',
    '(cd "$dir/tree"; observe) > "$dir/was"',
    'observe > "$dir/is"',
    'diff -u "$dir/was" "$dir/is"',
  ];
}

const command = (lines: readonly string[]) => [
  '- Method: command',
  '- Expect: exit 0',
  '',
  '```sh',
  'set -e',
  ...lines,
  '```',
];

const quote = (path: string) =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replace(/[^\p{L}\p{N} @%+=:,./~*()_-]/gu, '?')}'`;

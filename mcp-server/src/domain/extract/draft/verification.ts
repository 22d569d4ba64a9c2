import { titleOf } from '../story/entry-points.ts';
import { cite, code } from './markdown.ts';
import type { RequirementIds } from './requirements.ts';
import type { DraftSource } from './source.ts';
import type { Unit } from './units.ts';

const mostPaths = 40;

/** Commands that read a thing without touching the world, by format. */
const parses: { readonly [kind: string]: (path: string) => string } = {
  playbook: (path) => `ansible-playbook --syntax-check ${path}`,
  script: (path) => `bash -n ${path}`,
  composition: (path) => `docker compose -f ${path} config -q`,
};

/** A check for every component, and one for every criterion. */
export function verification(
  { prefix, elsewhere, commit, stories }: DraftSource,
  units: readonly Unit[],
  requirements: RequirementIds,
): string {
  const blocks: string[] = [];
  const add = (lines: readonly string[], title: string) =>
    blocks.push([`### CHK-${blocks.length + 1}: ${title}`, '', ...lines].join('\n'));
  units.forEach((unit, at) => {
    const paths = unit.paths.map((path) => quote(/\*/.test(path) ? `:(glob)${prefix}${path}` : `${prefix}${path}`));
    const commands =
      elsewhere === undefined
        ? [
            ...(unit.files.length === 1 && parses[unit.kind] !== undefined
              ? [parses[unit.kind]!(quote(`${prefix}${unit.files[0]}`))]
              : []),
          ]
        : [];
    if (elsewhere === undefined && commit !== undefined)
      commands.push(`git diff --exit-code ${commit} -- ${paths.slice(0, mostPaths).join(' ')}`);
    if (commands.length > 0)
      add(
        [
          `- Component: CMP-${at + 1}`,
          '- Method: command',
          '- Expect: exit 0',
          '',
          '```sh',
          'set -e',
          ...commands,
          '```',
        ],
        `CMP-${at + 1} is as it was adopted`,
      );
    else
      add(
        [
          `- Component: CMP-${at + 1}`,
          '- Method: inspection',
          '',
          'The files are those that the facts were read from.',
        ],
        `CMP-${at + 1} is as it was adopted`,
      );
  });
  for (const { id, story, evidence } of requirements.criteria)
    add(
      [
        `- Criterion: ${id}`,
        '- Method: inspection',
        '',
        `Run ${code(titleOf(stories[story]!.entry))} against a test target and look at what ${cite(evidence, prefix)} does.`,
      ],
      `${id} holds in a run`,
    );
  return ['## Verification', ...blocks].join('\n\n');
}

const quote = (path: string) =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replace(/[^\p{L}\p{N} @%+=:,./~*()_-]/gu, '?')}'`;

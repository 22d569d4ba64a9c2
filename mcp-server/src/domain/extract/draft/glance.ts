import { titleOf } from '../story/entry-points.ts';
import type { Story } from '../story/story.ts';
import { cite, code, inferred, list } from './markdown.ts';
import type { DraftSource } from './source.ts';
import { touched } from './touched.ts';

const mostOthers = 6;

/** The first paragraph: what this is, which of several entry points is the main one, what it does and to what. */
export function glance({ stories, prefix }: DraftSource): string {
  const [main, ...others] = stories;
  if (main === undefined) return 'Nothing was found that can be started.';
  const place = cite(
    main.entry.heads.flatMap((head) => head.evidence),
    prefix,
    1,
  );
  const files = new Set(stories.flatMap((story) => story.files)).size;
  const size = `${stories.length} entry point${stories.length === 1 ? '' : 's'} in ${files} file${files === 1 ? '' : 's'}`;
  const first =
    others.length === 0
      ? `This is ${article(main)} (${size}). ${upper(does(main))} ${inferred('entry-point')} ${place}`
      : `This is ${kindsOf(stories)} (${size}). The main one seems to be ${code(titleOf(main.entry))}: ${does(main)} ${inferred('most-written-and-named')} ${place}`;
  const rest = others.slice(0, mostOthers).map(({ entry }) => `${code(titleOf(entry))} (${entry.kind})`);
  const more = others.length > rest.length ? [`${others.length - rest.length} more`] : [];
  return [first, ...(rest.length > 0 ? [`Beside it there are ${list([...rest, ...more])}.`] : [])].join('\n\n');
}

/** `the playbook x.yml`, with what it says of itself. */
function article({ entry }: Story): string {
  const title = titleOf(entry);
  return title.startsWith(`${entry.kind} of `) ? `the ${title}` : `the ${entry.kind} ${code(title)}`;
}

/** `2 playbooks, 1 chart`. */
function kindsOf(stories: readonly Story[]): string {
  const counts = new Map<string, number>();
  for (const { entry } of stories) counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + 1);
  return list([...counts].map(([kind, count]) => `${count} ${kind}${count === 1 || kind.endsWith('s') ? '' : 's'}`));
}

/** What it does in one or two sentences, in the words of its format. */
export function does(story: Story): string {
  const { entry, steps, hosts } = story;
  const described = entry.heads
    .map(({ attributes }) => attributes['description'])
    .find((one) => typeof one === 'string');
  const says =
    typeof described === 'string' && described.trim() !== '' ? ` It says of itself: ${code(described)}.` : '';
  const writes = steps.filter(({ effect, onlyOnFailure }) => effect === 'write' && !onlyOnFailure).length;
  // Provisioners run with what they belong to and are nothing that is made.
  const made = steps.filter(({ fact, effect }) => effect === 'write' && fact.kind !== 'step').length;
  const elsewhere = steps.filter((step) => step.elsewhere).length;
  const objects = touched(story);
  const on = hosts.length === 0 ? '' : ` on ${list(hosts.slice(0, 4).map(code))}`;
  const act =
    verbs[entry.format]?.(made) ??
    `goes through ${count(steps.length, 'step')}${on}; ${writes === 0 ? 'none is seen to write' : `${writes} of them write${writes === 1 ? 's' : ''}`}`;
  const others =
    elsewhere === 0
      ? ''
      : `, and it uses ${count(elsewhere, 'part')} that ${elsewhere === 1 ? 'is' : 'are'} kept elsewhere`;
  const open = steps.filter(({ fact, effect }) => fact.status === 'unresolved' && effect === undefined).length;
  const undecided =
    open === 0 ? '' : ` What ${count(open, 'step')} do${open === 1 ? 'es' : ''} is decided at run time.`;
  const to = objects.length === 0 ? '' : ` What it writes: ${objects.join('; ')}.`;
  return `it ${act}${others}.${says}${to}${undecided}`;
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

const verbs: { readonly [format: string]: ((writes: number) => string) | undefined } = {
  terraform: (writes) =>
    writes === 0 ? 'only looks things up' : `declares ${count(writes, 'resource')} that an apply makes`,
  helm: (writes) => `installs ${count(writes, 'object')} as one release`,
  kubernetes: (writes) => `declares ${count(writes, 'object')} of a cluster`,
  kustomize: (writes) => `puts ${count(writes, 'object')} together and applies them`,
};

import { byCodeUnits } from '../order.ts';
import type { Story } from './story.ts';

/** Entry points that probably serve one use case, because they lie together. */
export interface Group {
  name: string;
  stories: Story[];
}

/** With more entry points than this, one draft would serve no reader: a person chooses a group. */
export const mostEntriesInOneDraft = 8;

/** Folders that gather unrelated things of one kind; the next folder tells more. */
const gathering =
  /^(?:roles|playbooks|modules|charts|envs?|environments|stacks|apps|deploy|infra|src|terraform|ansible)$/;

/**
 * Proposes groups: by the folder that the entry points lie in, one folder deeper where the first only gathers. What lies
 * in the root, and what CI runs, are groups of their own. Samples stay with the group of their folder.
 */
export function groupStories(stories: readonly Story[]): Group[] {
  const groups = new Map<string, Story[]>();
  for (const story of stories) {
    const name = groupOf(story);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [story]);
    else group.push(story);
  }
  return [...groups].map(([name, members]) => ({ name, stories: members })).sort((a, b) => byCodeUnits(a.name, b.name));
}

function groupOf({ entry }: Story): string {
  if (/^(?:github-actions|gitlab-ci|jenkins)$/.test(entry.format)) return 'ci';
  if (entry.format === 'agent-runs') return 'agent runs';
  const [first, second] = entry.folder.split('/');
  if (first === undefined || first === '.') return '.';
  return second !== undefined && gathering.test(first) ? `${first}/${second}` : first;
}

/** The stories of a group, or of one entry point by its own name; undefined when there is neither. */
export function chooseStories(stories: readonly Story[], name: string): Story[] | undefined {
  const group = groupStories(stories).find((one) => one.name === name);
  if (group !== undefined) return group.stories;
  const one = stories.filter(({ entry }) => entry.name === name);
  return one.length === 0 ? undefined : one;
}

import { groupBy } from '../../group.ts';
import type { Gap } from '../contract.ts';
import type { Story } from '../story/story.ts';

/** Gaps of the stories, each rule once, the gravest first. */
export function gapsOf(stories: readonly Story[]): Map<string, Gap[]> {
  return groupBy([...new Set(stories.flatMap((story) => story.gaps))], (gap) => gap.rule);
}

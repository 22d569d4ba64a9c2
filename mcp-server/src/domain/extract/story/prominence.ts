import { byCodeUnits } from '../order.ts';
import { isTrial, leading, plainName } from './entry-points.ts';
import type { Story } from './story.ts';

const trailing =
  /(?:^|[/:._-])(?:destroy|uninstall|tear-?down|remove|delete|purge|clean-?up|clean|reset|rollback|backup|restore|tests?|lint|check|verify|validate|stale|labels?|docs?|help|format|fmt|dev|debug|examples?|user-?data|hooks?)(?:$|[/:._-])/i;
const hosted = /^(?:github-actions|gitlab-ci|jenkins)$/;

/**
 * How much speaks for an entry point being what a tree is for: it writes much, is called like it, lies at the top, and is not
 * what tries, checks or takes back. A guess, and told as one.
 */
function weight({ entry, steps }: Story): number {
  const writes = steps.filter(({ effect, elsewhere }) => effect === 'write' || elsewhere).length;
  return (
    (writes + steps.length / 10) *
    (leading.test(plainName(entry.name)) ? 3 : 1) *
    (trailing.test(entry.name) ? 0.2 : 1) *
    (entry.folder === '.' || entry.name === '.' ? 2 : 1) *
    (hosted.test(entry.format) ? 0.1 : 1) *
    (entry.sample || isTrial(entry) ? 0.05 : 1)
  );
}

/** What a tree seems to be for comes first; of equals, by name. */
export function byProminence(stories: readonly Story[]): Story[] {
  const weights = new Map(stories.map((story) => [story, weight(story)]));
  return [...stories].sort((a, b) => weights.get(b)! - weights.get(a)! || byCodeUnits(a.entry.name, b.entry.name));
}

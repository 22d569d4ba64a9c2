import type { Fact } from '../../extract/contract.ts';
import type { Story } from '../../extract/story/story.ts';

/** Attributes of facts about runs, read back with their kinds. */
export const numberOf = (fact: Fact | undefined, key: string): number => {
  const value = fact?.attributes[key];
  return typeof value === 'number' ? value : 0;
};
export const textsOf = (fact: Fact | undefined, key: string): string[] => {
  const value = fact?.attributes[key];
  return Array.isArray(value) ? value.map(String) : [];
};

/** The workflow fact of a story: how many runs there were, and what they leave open. */
export const jobOf = ({ entry }: Story): Fact | undefined => entry.heads[0];
export const runCount = (story: Story) => numberOf(jobOf(story), 'runs');

/** `4 of 5 runs`. */
export const supportText = (fact: Fact) => `${numberOf(fact, 'support')} of ${numberOf(fact, 'of')} runs`;

/** The rule that a statement about a step rests on; steps that nearly all of enough runs have are seen. */
export const ruleOf = ({ attributes, kind }: Fact) => String(attributes['rule'] ?? `agent-runs-${kind}`);

export const countText = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

import type { Fact } from '../contract.ts';
import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const unpinnedVersion: GapRule = {
  id: 'unpinned-version',
  severity: 'warning',
  expects: 'Providers, modules, roles, collections and actions are bound to a version or an upper bound.',
  examples: {
    fails: example(['provider', 'aws', { constraint: '>= 5.0', pinned: false }]),
    passes: example(
      ['provider', 'aws', { constraint: '>= 5.0', pinned: false }],
      ['provider', 'aws', { version: '5.31.0', pinned: true, locked: true }],
    ),
  },
  find(facts) {
    const locked = new Set<string>();
    for (const fact of facts.having('locked')) if (fact.attributes['locked'] === true) locked.add(sourceOf(fact));
    return eachFact(
      facts.having('pinned'),
      (fact) => fact.kind !== 'image' && fact.attributes['pinned'] === false && !locked.has(sourceOf(fact)),
      (fact) => `The version of ${fact.kind} ${JSON.stringify(fact.name)} is not fixed and has no upper bound.`,
    );
  },
};

function sourceOf(fact: Fact): string {
  return `${fact.kind} ${fact.scope} ${fact.attributes['source'] ?? fact.name}`;
}

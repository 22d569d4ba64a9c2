import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const privilegedContainer: GapRule = {
  id: 'privileged-container',
  severity: 'warning',
  expects: 'Containers run without the rights of the host.',
  examples: {
    fails: example(['service', 'agent', { privileged: true }]),
    passes: example(['service', 'agent', { privileged: false }], ['service', 'web']),
  },
  find: (facts) =>
    eachFact(
      facts.having('privileged'),
      (fact) => fact.attributes['privileged'] === true,
      (fact) => `${fact.kind} ${JSON.stringify(fact.name)} runs privileged.`,
    ),
};

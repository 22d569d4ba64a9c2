import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const noLimits: GapRule = {
  id: 'no-limits',
  severity: 'info',
  expects: 'A service that runs has a memory or CPU limit.',
  examples: {
    fails: example(['service', 'web', { limits: false }]),
    passes: example(['service', 'web', { limits: true }], ['service', 'db']),
  },
  find: (facts) =>
    eachFact(
      facts.having('limits'),
      (fact) => fact.attributes['limits'] === false,
      (fact) => `${fact.kind} ${JSON.stringify(fact.name)} has no CPU or memory limit.`,
    ),
};

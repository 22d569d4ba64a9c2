import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const noHealthcheck: GapRule = {
  id: 'no-healthcheck',
  severity: 'info',
  expects: 'A service says how to tell that it works.',
  examples: {
    fails: example(['service', 'web', { healthcheck: false }]),
    passes: example(['service', 'web', { healthcheck: true }], ['service', 'db']),
  },
  find: (facts) =>
    eachFact(
      facts.having('healthcheck'),
      (fact) => fact.attributes['healthcheck'] === false,
      (fact) => `${fact.kind} ${JSON.stringify(fact.name)} has no health check.`,
    ),
};

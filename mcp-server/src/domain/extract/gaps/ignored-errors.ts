import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const ignoredErrors: GapRule = {
  id: 'ignored-errors',
  severity: 'warning',
  expects: 'A failure stops or is handled.',
  examples: {
    fails: example(['task', 'restart', { ignoresErrors: true }]),
    passes: example(['task', 'restart', { ignoresErrors: false }], ['task', 'stop']),
  },
  find: (facts) =>
    eachFact(
      facts.having('ignoresErrors'),
      (fact) => fact.attributes['ignoresErrors'] === true,
      (fact) => `${fact.kind} ${JSON.stringify(fact.name)} lets failures through.`,
    ),
};

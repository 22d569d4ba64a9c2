import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const unreachableEnd: GapRule = {
  id: 'unreachable-end',
  severity: 'error',
  expects: 'A workflow can come to its end.',
  examples: {
    fails: example(['workflow', 'Provision', { endReachable: false }]),
    passes: example(['workflow', 'Provision', { endReachable: true }]),
  },
  find: (facts) =>
    eachFact(
      facts.having('endReachable'),
      (fact) => fact.attributes['endReachable'] === false,
      (fact) => `No way leads from the start of ${JSON.stringify(fact.name)} to its end.`,
    ),
};

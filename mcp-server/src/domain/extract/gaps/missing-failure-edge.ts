import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const missingFailureEdge: GapRule = {
  id: 'missing-failure-edge',
  severity: 'warning',
  expects: 'A decision says where the job goes when the answer is no.',
  examples: {
    fails: example(['step', 'Is it free?', { failureEdge: false }]),
    passes: example(['step', 'Is it free?', { failureEdge: true }]),
  },
  find: (facts) =>
    eachFact(
      facts.having('failureEdge'),
      (fact) => fact.attributes['failureEdge'] === false,
      (fact) => `Decision ${JSON.stringify(fact.name)} has no failure transition.`,
    ),
};

import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const orphanTask: GapRule = {
  id: 'orphan-task',
  severity: 'warning',
  expects: 'Every task of a workflow is reached from its start.',
  examples: {
    fails: example(['step', 'Left over', { reachable: false }]),
    passes: example(['step', 'In use']),
  },
  find: (facts) =>
    eachFact(
      facts.having('reachable'),
      (fact) => fact.attributes['reachable'] === false,
      (fact) => `${fact.kind} ${JSON.stringify(fact.name)} is not reached from the start: it never runs.`,
    ),
};

import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const pipeToShell: GapRule = {
  id: 'pipe-to-shell',
  severity: 'warning',
  expects: 'What is downloaded is checked before it runs.',
  examples: {
    fails: example(['step', 'install', { pipesToShell: true }]),
    passes: example(['step', 'install']),
  },
  find: (facts) =>
    eachFact(
      facts.having('pipesToShell'),
      (fact) => fact.attributes['pipesToShell'] === true,
      (fact) => `${fact.kind} ${JSON.stringify(fact.name)} runs a download without looking at it.`,
    ),
};

import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const fewRuns: GapRule = {
  id: 'few-runs',
  severity: 'warning',
  expects: 'At least five runs show what always happens and what happened once.',
  examples: {
    fails: example(['workflow', 'Make a VLAN', { runs: 2, fewRuns: true }]),
    passes: example(['workflow', 'Make a VLAN', { runs: 5 }]),
  },
  find: (facts) =>
    eachFact(
      facts.having('fewRuns'),
      (fact) => fact.attributes['fewRuns'] === true,
      ({ name, attributes: { runs } }) =>
        `Only ${runs} run${runs === 1 ? '' : 's'} of ${JSON.stringify(name)} ${runs === 1 ? 'was' : 'were'} seen: ${runs === 1 ? 'what may vary, what is skipped and what was chance cannot be told' : 'what every run has may still be chance'}.`,
    ),
};

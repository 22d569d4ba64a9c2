import { example } from './example.ts';
import type { GapRule } from './rule.ts';

export const abandonedCall: GapRule = {
  id: 'abandoned-call',
  severity: 'info',
  expects: 'A call that failed was made good, or it is known why it was not needed.',
  examples: {
    fails: example(['workflow', 'Make a VLAN', { abandoned: ['guess_vlan'] }]),
    passes: example(['workflow', 'Make a VLAN', { runs: 5 }]),
  },
  find: (facts) =>
    facts.having('abandoned').flatMap((fact) => {
      const { abandoned } = fact.attributes;
      if (!Array.isArray(abandoned)) return [];
      const names = abandoned.slice(0, 8).map((name) => JSON.stringify(name));
      const message = `Calls that failed in runs of ${JSON.stringify(fact.name)} were given up: ${names.join(', ')}.`;
      return [{ scope: fact.scope, evidence: fact.evidence, message }];
    }),
};

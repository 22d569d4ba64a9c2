import { example } from './example.ts';
import type { GapRule } from './rule.ts';

export const noErrorEdge: GapRule = {
  id: 'no-error-edge',
  severity: 'warning',
  expects: 'A task that talks to another system says where the job goes when that fails.',
  examples: {
    fails: example(['step', 'Create subnet', { errorEdge: false, effect: 'write' }]),
    passes: example(['step', 'Create subnet', { errorEdge: true, effect: 'write' }], ['step', 'Merge']),
  },
  find: (facts) =>
    facts
      .having('errorEdge')
      .filter((fact) => fact.attributes['errorEdge'] === false)
      .map((fact) => ({
        scope: fact.scope,
        evidence: fact.evidence,
        // What only looks leaves nothing half done.
        severity: fact.attributes['effect'] === 'read' ? 'info' : 'warning',
        message: `${fact.kind} ${JSON.stringify(fact.name)} talks to another system and no error transition leaves it.`,
      })),
};

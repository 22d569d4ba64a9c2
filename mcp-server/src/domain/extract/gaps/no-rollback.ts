import { example } from './example.ts';
import { evidenceOf, type GapRule, isActing, someNames } from './rule.ts';

export const noRollback: GapRule = {
  id: 'no-rollback',
  severity: 'warning',
  expects: 'Steps that write are followed by a way back.',
  examples: {
    fails: example(['task', 'create the VLAN', { effect: 'write', object: 'vlan' }]),
    passes: example(
      ['task', 'create the VLAN', { effect: 'write', object: 'vlan' }],
      ['rollback', 'remove the VLAN', {}],
    ),
  },
  find: (facts) =>
    facts.scopes.flatMap((scope) => {
      const writes = scope.filter((fact) => isActing(fact) && fact.attributes['effect'] === 'write');
      const [first] = writes;
      if (first === undefined || scope.some((fact) => fact.kind === 'rollback')) return [];
      const message = `No way back was seen for what writes here (${writes.length}): ${someNames(writes)}.`;
      return [{ scope: first.scope, evidence: evidenceOf(writes), message }];
    }),
};

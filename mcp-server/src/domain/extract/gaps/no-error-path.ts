import { example } from './example.ts';
import { evidenceOf, type GapRule, isActing, someNames } from './rule.ts';

export const noErrorPath: GapRule = {
  id: 'no-error-path',
  severity: 'warning',
  expects: 'Where something writes, it is said what happens when it fails.',
  examples: {
    fails: example(['task', 'create', { effect: 'write' }]),
    passes: example(['task', 'create', { effect: 'write' }], ['phase', 'rescue', { handlesErrors: true }]),
  },
  find: (facts) =>
    facts.scopes.flatMap((scope) => {
      const writes = scope.filter((fact) => isActing(fact) && fact.attributes['effect'] === 'write');
      const [first] = writes;
      const isHandled = (fact: (typeof scope)[number]) =>
        fact.kind === 'rollback' || fact.attributes['handlesErrors'] === true;
      if (first === undefined || scope.some(isHandled)) return [];
      const message = `Nothing was seen that handles a failure of what writes here (${writes.length}): ${someNames(writes)}.`;
      return [{ scope: first.scope, evidence: evidenceOf(writes), message }];
    }),
};

import { example } from './example.ts';
import type { GapRule } from './rule.ts';

export const secretInClear: GapRule = {
  id: 'secret-in-clear',
  severity: 'error',
  expects: 'Secrets are references to a vault or a variable, never values in a file.',
  examples: {
    fails: example(['secret', 'db_password', { class: 'password' }]),
    passes: example(['input', 'db_password', { sensitive: true }]),
  },
  find: (facts) =>
    facts
      .having('class')
      .filter((fact) => fact.kind === 'secret' && fact.status === 'observed' && fact.attributes['class'] !== undefined)
      .map((fact) => ({
        scope: fact.scope,
        evidence: fact.evidence,
        // Keys of tests are seldom live, and still teach people to commit keys.
        ...(fact.attributes['sample'] === true ? { severity: 'info' as const } : {}),
        message: `${JSON.stringify(fact.name)} (${fact.attributes['class']}) stands here in clear.`,
      })),
};

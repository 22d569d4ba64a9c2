import { example } from './example.ts';
import { evidenceOf, type GapRule, someNames } from './rule.ts';

export const missingDescription: GapRule = {
  id: 'missing-description',
  severity: 'info',
  expects: 'Inputs and outputs say what they are for.',
  examples: {
    fails: example(['input', 'cidr', { documented: false }], ['input', 'name', { documented: true }]),
    passes: example(['input', 'cidr', { documented: true }], ['input', 'INPUT_1']),
  },
  find: (facts) =>
    facts.scopesHaving('documented').flatMap((scope) => {
      const silent = scope.filter((fact) => fact.attributes['documented'] === false);
      if (silent.length === 0) return [];
      const message = `${silent.length} without a description: ${someNames(silent)}.`;
      return [{ scope: (silent[0] as (typeof silent)[0]).scope, evidence: evidenceOf(silent), message }];
    }),
};

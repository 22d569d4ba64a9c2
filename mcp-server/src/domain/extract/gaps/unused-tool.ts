import { example } from './example.ts';
import type { GapRule } from './rule.ts';

export const unusedTool: GapRule = {
  id: 'unused-tool',
  severity: 'info',
  expects: 'Every tool that an agent is given is needed for the job.',
  examples: {
    fails: example(['workflow', 'Make a VLAN', { unused: ['drop_vlan'] }]),
    passes: example(['workflow', 'Make a VLAN', { runs: 5 }]),
  },
  find: (facts) =>
    facts.having('unused').flatMap((fact) => {
      const { unused } = fact.attributes;
      if (!Array.isArray(unused)) return [];
      const shown = unused.slice(0, 8).map((name) => JSON.stringify(name));
      const more = unused.length > shown.length ? ` and ${unused.length - shown.length} more` : '';
      const message = `No run of ${JSON.stringify(fact.name)} used what it was offered: ${shown.join(', ')}${more}.`;
      return [{ scope: fact.scope, evidence: fact.evidence, message }];
    }),
};

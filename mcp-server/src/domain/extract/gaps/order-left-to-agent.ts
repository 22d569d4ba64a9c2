import { example } from './example.ts';
import { evidenceOf, type GapRule, someNames } from './rule.ts';

export const orderLeftToAgent: GapRule = {
  id: 'order-left-to-agent',
  severity: 'warning',
  expects: 'What runs, and in which order, is written down.',
  examples: {
    fails: example(['step', 'Create VLAN', { agentic: true }]),
    passes: example(['step', 'Create VLAN', { order: 1 }]),
  },
  find: (facts) =>
    facts.scopesHaving('agentic').flatMap((scope) => {
      const tools = scope.filter((fact) => fact.attributes['agentic'] === true);
      const [first] = tools;
      if (first === undefined) return [];
      const message = `An agent chooses at every run which of its tools it uses (${tools.length}): ${someNames(tools)}.`;
      return [{ scope: first.scope, evidence: evidenceOf(tools), message }];
    }),
};

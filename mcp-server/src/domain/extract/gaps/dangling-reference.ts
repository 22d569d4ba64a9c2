import type { AttributeValue, Fact } from '../contract.ts';
import { example } from './example.ts';
import type { GapRule } from './rule.ts';

interface Target {
  kind: string;
  name: string;
  what: string;
}

export const danglingReference: GapRule = {
  id: 'dangling-reference',
  severity: 'warning',
  expects: 'What is named in an export is part of what was read.',
  examples: {
    fails: example([
      'step',
      'Run it',
      { refersTo: [{ kind: 'workflow', name: 'Create VLAN', what: 'child workflow' }] },
    ]),
    passes: example(
      ['workflow', 'Create VLAN'],
      ['module', 'Map', { ids: ['65ef'] }],
      [
        'step',
        'Run it',
        {
          refersTo: [
            { kind: 'workflow', name: 'Create VLAN', what: 'child workflow' },
            { kind: 'module', name: '65ef', what: 'transformation' },
          ],
        },
      ],
    ),
  },
  find(facts) {
    const naming = facts.having('refersTo');
    if (naming.length === 0) return [];
    const known = new Set<string>();
    for (const fact of facts.all) for (const name of namesOf(fact)) known.add(`${fact.kind}\n${name}`);
    return naming.flatMap((fact) => {
      const missing = targetsOf(fact.attributes['refersTo']).filter(({ kind, name }) => !known.has(`${kind}\n${name}`));
      if (missing.length === 0) return [];
      const named = missing.map(({ name, what }) => `${what} ${JSON.stringify(name)}`).join(' and ');
      const message = `${JSON.stringify(fact.name)} names ${named}, not among what was read.`;
      return [{ scope: fact.scope, evidence: fact.evidence, message }];
    });
  },
};

function namesOf({ name, attributes }: Fact): string[] {
  const ids = attributes['ids'];
  return Array.isArray(ids) ? [name, ...ids.map(String)] : [name];
}

function targetsOf(value: AttributeValue | undefined): Target[] {
  return Array.isArray(value) ? (value as readonly unknown[] as Target[]) : [];
}

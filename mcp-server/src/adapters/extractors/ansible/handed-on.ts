import type { Fact } from '../../../domain/extract/contract.ts';

const handedOnRule = 'ansible-used-elsewhere';

/**
 * What a role or a folder of playbooks registers or sets as a fact, and another one wants under that name without
 * setting it: an output that is used elsewhere. What only its own tasks read is handed on to nobody.
 *
 * @param wanted scopes that want a name and do not declare it
 * @returns the fact as such an output; undefined when nothing outside uses it
 */
export function handedOn(fact: Fact, wanted: ReadonlyMap<string, ReadonlySet<string>>): Fact | undefined {
  const { level } = fact.attributes;
  if (level !== 'register' && level !== 'set_fact') return undefined;
  const scopes = wanted.get(fact.name);
  if (scopes === undefined || (scopes.size === 1 && scopes.has(fact.scope))) return undefined;
  const attributes = { ...fact.attributes, rule: handedOnRule, usedElsewhere: true };
  return { ...fact, kind: 'output', status: 'inferred', attributes };
}

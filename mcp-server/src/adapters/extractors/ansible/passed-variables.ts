import type { Fact } from '../../../domain/extract/contract.ts';

/**
 * By the folder of a role, the names that others set where they call it: `vars` of `include_role`, parameters of a role
 * in a play or among dependencies. Such a name is an input of the role, though its own tasks may set it, too.
 */
export function namesPassed(facts: readonly Fact[]): Map<string, Set<string>> {
  const scopes = new Map<string, Set<string>>();
  for (const { kind, name, scope, attributes } of facts) {
    if (kind !== 'role' || attributes['external'] === true) continue;
    const known = scopes.get(name);
    if (known === undefined) scopes.set(name, new Set([scope]));
    else known.add(scope);
  }
  const passed = new Map<string, Set<string>>();
  for (const { name, scope, attributes } of facts) {
    const role = attributes['passedTo'];
    if (typeof role !== 'string') continue;
    for (const target of scopes.get(role) ?? scopes.get(role.slice(role.lastIndexOf('.') + 1)) ?? []) {
      if (target === scope) continue;
      const names = passed.get(target);
      if (names === undefined) passed.set(target, new Set([name]));
      else names.add(name);
    }
  }
  return passed;
}

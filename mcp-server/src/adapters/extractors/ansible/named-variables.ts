import { baseName } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { precedence } from './values.ts';

interface Includes {
  /** Tasks that load variables under one name, as entries of a dictionary. */
  named: Fact[];
  /** Whether any task loads a file of variables as what it holds. */
  plain: boolean;
}

/**
 * The variables of a role's `vars/` that are loaded only with `include_vars: {name: x}`: entries of the dictionary x and
 * no variables of their own (ansible.builtin.include_vars, `name`). Each is given as it is said then. A role that also
 * loads such files without a name is left as it is, because what goes where is then up to the run.
 */
export function valuesUnderName(facts: readonly Fact[]): Map<Fact, Fact> {
  const scopes = new Map<string, Includes>();
  for (const fact of facts) {
    if (fact.attributes['module'] !== 'ansible.builtin.include_vars') continue;
    const known = scopes.get(fact.scope) ?? { named: [], plain: false };
    scopes.set(fact.scope, known);
    if (fact.attributes['into'] === undefined) known.plain = true;
    else known.named.push(fact);
  }
  const moved = new Map<Fact, Fact>();
  if (scopes.size === 0) return moved;
  for (const fact of facts) {
    if (fact.kind !== 'value' || fact.attributes['level'] !== 'role-vars') continue;
    const includes = scopes.get(fact.scope);
    if (includes === undefined || includes.plain) continue;
    const path = fact.evidence[0]?.path ?? '';
    const by = includes.named.find((task) => loads(task, path));
    const within = by?.attributes['into'];
    if (within === undefined) continue;
    const attributes = { ...fact.attributes, level: 'include-vars', precedence: precedence['include-vars'], within };
    moved.set(fact, { ...fact, attributes });
  }
  return moved;
}

/** A path with a template can be any file of `vars/` but the one that a role always loads. */
function loads(task: Fact, path: string): boolean {
  const target = task.attributes['target'];
  if (typeof target !== 'string' || /^main\.ya?ml$/.test(baseName(path))) return false;
  return target.includes('{{') || baseName(target) === baseName(path);
}

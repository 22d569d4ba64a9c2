import type { Fact } from '../../../domain/extract/contract.ts';

/** Rule of an input that a template reads; only the whole chart tells whether its values.yaml declares it. */
export const undeclaredRule = 'helm-used-but-undeclared';

/**
 * The facts without those inferred inputs of charts that the chart's values.yaml declares: itself, a part of it or the
 * map around it. What is left are values that templates use and nobody declared. Other facts pass unchanged.
 */
export function withoutDeclared(facts: readonly Fact[]): Fact[] {
  const declared = new Map<string, Set<string>>();
  const isInput = (fact: Fact) => fact.format === 'helm' && fact.kind === 'input';
  const isUse = (fact: Fact) => isInput(fact) && fact.attributes['rule'] === undeclaredRule;
  for (const fact of facts) {
    if (!isInput(fact) || isUse(fact)) continue;
    const known = declared.get(fact.scope) ?? new Set<string>();
    declared.set(fact.scope, known);
    for (const prefix of prefixes(fact.name)) known.add(prefix);
  }
  const leaves = new Map<string, Set<string>>();
  for (const fact of facts) {
    if (!isInput(fact) || isUse(fact)) continue;
    const known = leaves.get(fact.scope) ?? new Set<string>();
    leaves.set(fact.scope, known);
    known.add(fact.name);
  }
  const used = new Set<string>();
  return facts.filter((fact) => {
    if (!isUse(fact)) return true;
    const key = `${fact.scope}\n${fact.name}`;
    if (used.has(key) || declared.get(fact.scope)?.has(fact.name) === true) return false;
    const known = leaves.get(fact.scope);
    if (known !== undefined && prefixes(fact.name).some((prefix) => known.has(prefix))) return false;
    used.add(key);
    return true;
  });
}

/** `a`, `a.b`, `a.b.c` of `a.b.c`; quoted parts may hold dots. */
function prefixes(path: string): string[] {
  const found: string[] = [];
  let quoted = false;
  for (let at = 0; at < path.length; at++) {
    if (path[at] === '"') quoted = !quoted;
    else if (path[at] === '.' && !quoted) found.push(path.slice(0, at));
  }
  return [...found, path];
}

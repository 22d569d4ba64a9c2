import type { Coupling, Fact } from '../../../domain/extract/contract.ts';

/** Names of the collections that this tree holds, by their galaxy.yml: no ties to anybody else. */
export function ownCollections(facts: readonly Fact[]): Set<string> {
  return new Set(
    facts.flatMap(({ kind, name, attributes }) =>
      kind === 'module' && attributes['type'] === 'collection' ? name : [],
    ),
  );
}

/** The ties of a file without those by which it uses modules and roles of its own collection. */
export function foreignTies(ties: Coupling[], facts: readonly Fact[], own: ReadonlySet<string>): Coupling[] {
  if (own.size === 0 || ties.length === 0) return ties;
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const isOwnModule = (id: string) => {
    const module = byId.get(id)?.attributes['module'];
    return typeof module === 'string' && own.has(module.slice(0, module.lastIndexOf('.')));
  };
  return ties.filter(({ system, class: kind, consumers }) => {
    if (kind === 'role') return !own.has(system);
    return kind !== 'collection' || consumers.length === 0 || !consumers.every(isOwnModule);
  });
}

import type { Fact } from '../../../domain/extract/contract.ts';

/**
 * Whether a module written in Python may report a change: false where it exits as one and says of nothing that it
 * changed; undefined where the text is no module's.
 */
export function changesSomething(source: string): boolean | undefined {
  if (!/\bexit_json\s*\(/.test(source)) return undefined;
  for (const [, value] of source.matchAll(/\bchanged["']?\]?\s*[=:](?!=)\s*(\w+|\S)/g))
    if (value !== 'False') return true;
  return false;
}

/** Tasks that call a module of this repository of which only its source tells what it does, each as it is then said. */
export function effectsBySource(facts: readonly Fact[]): Map<Fact, Fact> {
  const changes = new Map<string, boolean>();
  for (const { name, attributes } of facts)
    if (typeof attributes['changes'] === 'boolean')
      changes.set(name, attributes['changes'] || changes.get(name) === true);
  const said = new Map<Fact, Fact>();
  if (changes.size === 0) return said;
  for (const fact of facts) {
    if (fact.attributes['assumed'] !== true) continue;
    const module = String(fact.attributes['module']);
    const writes = changes.get(module.slice(module.lastIndexOf('.') + 1));
    if (writes === undefined) continue;
    const { assumed: _, ...attributes } = fact.attributes;
    said.set(fact, { ...fact, attributes: { ...attributes, effect: writes ? 'write' : 'read' } });
  }
  return said;
}

import type { Fact, FactKind, Reference, Relation } from './contract.ts';
import { globMatcher, literalPrefix } from './glob.ts';
import { byCodeUnits } from './order.ts';

/** Most candidates that are listed for one dynamic reference. */
const mostCandidates = 50;

export interface Linked {
  relations: Relation[];
  /** The facts, those with a dynamic reference now carrying `candidates`: paths or globs that it may mean. */
  facts: Fact[];
}

/**
 * Turns references into relations. A name that no fact has, and a path without facts, give none. A dynamic target gives
 * no relation either: the referring fact gets `attributes.candidates`, the files that the glob fits, or the glob itself.
 */
export function link(
  facts: readonly Fact[],
  references: readonly Reference[],
  links: ReadonlyMap<string, string> = new Map(),
): Linked {
  const index = new FactLookup(facts, links);
  const relations = new Map<string, Relation>();
  const candidates = new Map<string, Set<string>>();
  const matches = new Map<string, string[]>();
  for (const { from, kind, target } of references) {
    if (!index.has(from)) continue;
    if (target.by === 'pattern') {
      let files = matches.get(target.glob);
      if (files === undefined) {
        files = index.filesMatching(target.glob);
        matches.set(target.glob, files);
      }
      const known = candidates.get(from) ?? new Set<string>();
      for (const file of files.length > 0 ? files : [target.glob]) if (known.size < mostCandidates) known.add(file);
      candidates.set(from, known);
      continue;
    }
    for (const to of index.resolve(target))
      if (to !== from) relations.set(`${from}\n${to}\n${kind}`, { from, to, kind });
  }
  return {
    relations: [...relations.values()].sort(
      (a, b) => byCodeUnits(a.from, b.from) || byCodeUnits(a.to, b.to) || byCodeUnits(a.kind, b.kind),
    ),
    facts: facts.map((fact) => withCandidates(fact, candidates.get(fact.id))),
  };
}

function withCandidates(fact: Fact, found: ReadonlySet<string> | undefined): Fact {
  if (found === undefined) return fact;
  const given = fact.attributes['candidates'];
  const all = new Set([...(Array.isArray(given) ? given.map(String) : []), ...found]);
  return { ...fact, attributes: { ...fact.attributes, candidates: [...all].sort(byCodeUnits) } };
}

class FactLookup {
  private readonly ids = new Set<string>();
  private readonly byName = new Map<string, Fact[]>();
  private readonly byPath = new Map<string, Fact[]>();
  private readonly paths: string[];

  private readonly links: ReadonlyMap<string, string>;

  constructor(facts: readonly Fact[], links: ReadonlyMap<string, string>) {
    this.links = links;
    for (const fact of facts) {
      this.ids.add(fact.id);
      append(this.byName, fact.name, fact);
      // Two scopes may hold thousands of facts of one name; a reference that says its scope finds its own at once.
      append(this.byName, `${fact.scope}\n${fact.name}`, fact);
      const folders = new Set<string>();
      for (const { path } of fact.evidence) folders.add(path);
      for (const path of folders) append(this.byPath, path, fact);
    }
    this.paths = [...this.byPath.keys()].sort(byCodeUnits);
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  resolve(target: Exclude<Reference['target'], { by: 'pattern' }>): string[] {
    if (target.by === 'name') {
      const scope = target.scope === undefined ? undefined : this.real(target.scope);
      const key = scope === undefined ? target.name : `${scope}\n${target.name}`;
      return (this.byName.get(key) ?? [])
        .filter(
          (fact) =>
            isOneOf(fact, target.kinds) &&
            fact.name === target.name &&
            (target.format === undefined || fact.format === target.format) &&
            (scope === undefined || fact.scope === scope),
        )
        .map((fact) => fact.id);
    }
    return this.inFileOrFolder(this.real(target.path))
      .filter((fact) => isOneOf(fact, target.kinds))
      .map((fact) => fact.id);
  }

  filesMatching(glob: string): string[] {
    const fits = globMatcher(glob);
    const prefix = literalPrefix(glob);
    const found: string[] = [];
    for (let at = this.firstFrom(prefix); at < this.paths.length; at++) {
      const path = this.paths[at] as string;
      if (!path.startsWith(prefix) || found.length >= mostCandidates) break;
      if (fits(path)) found.push(path);
    }
    return found;
  }

  /** The path behind symbolic links, which the walk has already resolved to where they end. */
  private real(path: string): string {
    if (this.links.size === 0) return path;
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const target = this.links.get(path.slice(0, end));
      if (target !== undefined) return target === '.' ? path.slice(end + 1) || '.' : target + path.slice(end);
    }
    return path;
  }

  /** Facts of a file; of a folder: those of the files directly in it. */
  private inFileOrFolder(path: string): readonly Fact[] {
    const own = this.byPath.get(path);
    if (own !== undefined) return own;
    const folder = path === '.' ? '' : `${path.replace(/\/+$/, '')}/`;
    const found: Fact[] = [];
    for (let at = this.firstFrom(folder); at < this.paths.length; at++) {
      const inside = this.paths[at] as string;
      if (!inside.startsWith(folder)) break;
      if (!inside.slice(folder.length).includes('/')) found.push(...(this.byPath.get(inside) as Fact[]));
    }
    return found;
  }

  private firstFrom(prefix: string): number {
    let low = 0;
    let high = this.paths.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.paths[middle] as string) < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isOneOf(fact: Fact, kinds: readonly FactKind[] | undefined): boolean {
  return kinds === undefined || kinds.includes(fact.kind);
}

function append(map: Map<string, Fact[]>, key: string, fact: Fact): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [fact]);
  else list.push(fact);
}

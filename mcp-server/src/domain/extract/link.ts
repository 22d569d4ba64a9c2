import type { Fact, FactKind, Reference, Relation, RelationKind } from './contract.ts';
import { globMatcher, literalPrefix } from './glob.ts';
import { byCodeUnits } from './order.ts';

/** Most candidates that are listed for one dynamic reference. */
const mostCandidates = 50;
/** Most facts that one name leads to: a name that thousands share tells nothing, and all pairs of them would fill memory. */
const mostNamed = 200;

export interface Linked {
  /** In the order of the facts they go from; those of one fact by the line of the reference, or of a target in the same file. */
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
  const index = new FactLookup(facts, references, links);
  const relations = new Map<number, { relation: Relation; at: number; line: number; to: number }>();
  const candidates = new Map<number, Set<string>>();
  const matches = new Map<string, string[]>();
  for (const { from, kind, target, evidence } of references) {
    const at = index.positionOf(from);
    if (at === undefined) continue;
    if (target.by === 'pattern') {
      let files = matches.get(target.glob);
      if (files === undefined) {
        files = index.filesMatching(target.glob);
        matches.set(target.glob, files);
      }
      const known = candidates.get(at) ?? new Set<string>();
      for (const file of files.length > 0 ? files : [target.glob]) if (known.size < mostCandidates) known.add(file);
      candidates.set(at, known);
      continue;
    }
    for (const to of nearest(facts, evidence.path, target, index.resolve(target, evidence.path))) {
      // Numbers for keys: with some hundred thousand relations, long strings would cost most of the time.
      const key = (at * facts.length + to) * kinds.length + kinds.indexOf(kind);
      if (to === at || relations.has(key)) continue;
      const reached = facts[to] as Fact;
      const line = reached.evidence.find((place) => place.path === evidence.path)?.line ?? evidence.line;
      relations.set(key, { relation: { from, to: reached.id, kind }, at, line, to });
    }
  }
  return {
    relations: [...relations.values()]
      .sort((a, b) => a.at - b.at || a.line - b.line || a.to - b.to || byCodeUnits(a.relation.kind, b.relation.kind))
      .map(({ relation }) => relation),
    facts: candidates.size === 0 ? [...facts] : facts.map((fact, at) => withCandidates(fact, candidates.get(at))),
  };
}

/** A role that several folders have or require: the one that lies in this tree, then the one that is declared nearest. */
function nearest(
  facts: readonly Fact[],
  from: string,
  target: Reference['target'],
  found: readonly number[],
): readonly number[] {
  if (target.by !== 'name' || target.scope !== undefined || found.length < 2 || target.kinds.join() !== 'role')
    return found;
  const own = found.filter((at) => (facts[at] as Fact).attributes['external'] !== true);
  if (own.length > 0) return own;
  const shared = (at: number) => commonFolders(from, (facts[at] as Fact).evidence[0]?.path ?? '');
  const most = Math.max(...found.map(shared));
  return found.filter((at) => shared(at) === most);
}

/** How many folders two paths have in common, from the root on. */
export function commonFolders(a: string, b: string): number {
  const [first, second] = [a.split('/'), b.split('/')];
  let count = 0;
  while (count < first.length - 1 && first[count] === second[count]) count++;
  return count;
}

const kinds: readonly RelationKind[] = ['calls', 'depends-on', 'includes', 'reads', 'writes'];

function withCandidates(fact: Fact, found: ReadonlySet<string> | undefined): Fact {
  if (found === undefined) return fact;
  const given = fact.attributes['candidates'];
  const all = new Set([...(Array.isArray(given) ? given.map(String) : []), ...found]);
  return { ...fact, attributes: { ...fact.attributes, candidates: [...all].sort(byCodeUnits) } };
}

/** Finds facts by what references say; they are known by their position in the list. */
class FactLookup {
  private readonly facts: readonly Fact[];
  private readonly links: ReadonlyMap<string, string>;
  private readonly ids = new Map<string, number>();
  private readonly byName = new Map<string, number[]>();
  private readonly byScope = new Map<string, Map<string, number[]>>();
  private readonly byPath = new Map<string, number[]>();
  /** By file and name: what runs on an image means the one that its own file names, however many files name it. */
  private readonly images = new Map<string, number[]>();
  private readonly paths: string[];

  constructor(facts: readonly Fact[], references: readonly Reference[], links: ReadonlyMap<string, string>) {
    this.facts = facts;
    this.links = links;
    const wanted = namesWanted(references);
    let ofScope: { scope: string; names: Map<string, number[]> } | undefined;
    let ofPath: { path: string; facts: number[] } | undefined;
    facts.forEach((fact, at) => {
      this.ids.set(fact.id, at);
      if (wanted.anywhere.has(fact.name)) append(this.byName, fact.name, at);
      if (wanted.inScope.has(fact.name)) {
        // What stands together is mostly of one scope, and of one file.
        if (ofScope?.scope !== fact.scope) ofScope = { scope: fact.scope, names: mapAt(this.byScope, fact.scope) };
        append(ofScope.names, fact.name, at);
      }
      const paths = pathsOf(fact);
      for (const path of paths) {
        if (ofPath?.path !== path) ofPath = { path, facts: listAt(this.byPath, path) };
        ofPath.facts.push(at);
      }
      if (fact.kind === 'image') for (const path of paths) append(this.images, `${path}\n${fact.name}`, at);
    });
    this.paths = [...this.byPath.keys()].sort(byCodeUnits);
  }

  positionOf(id: string): number | undefined {
    return this.ids.get(id);
  }

  /** @param from the file that refers */
  resolve(target: Exclude<Reference['target'], { by: 'pattern' }>, from: string): number[] {
    if (target.by === 'path')
      return this.inFileOrFolder(this.real(target.path)).filter(
        (at) => this.isOneOf(at, target.kinds) && this.isOf(at, target.format),
      );
    const scope = target.scope === undefined ? undefined : this.real(target.scope);
    const found: number[] = [];
    const add = (places: readonly number[] = []) => {
      for (const at of places) {
        const fact = this.facts[at] as Fact;
        if (found.length >= mostNamed) break;
        if (scope !== undefined && fact.scope !== scope) continue;
        // It gives a value to what is declared under its name; that is what others mean.
        if (fact.attributes['assigns'] === true) continue;
        if (this.isOf(at, target.format) && this.isOneOf(at, target.kinds)) found.push(at);
      }
    };
    if (target.kinds.includes('image')) add(this.images.get(`${from}\n${target.name}`));
    if (found.length === 0) add((scope === undefined ? this.byName : this.byScope.get(scope))?.get(target.name));
    return found;
  }

  private isOf(at: number, format: string | undefined): boolean {
    return format === undefined || (this.facts[at] as Fact).format === format;
  }

  private isOneOf(at: number, wanted: readonly FactKind[] | undefined): boolean {
    return wanted === undefined || wanted.includes((this.facts[at] as Fact).kind);
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
  private inFileOrFolder(path: string): readonly number[] {
    const own = this.byPath.get(path);
    if (own !== undefined) return own;
    const folder = path === '.' ? '' : `${path.replace(/\/+$/, '')}/`;
    const found: number[] = [];
    for (let at = this.firstFrom(folder); at < this.paths.length; at++) {
      const inside = this.paths[at] as string;
      if (!inside.startsWith(folder)) break;
      if (!inside.slice(folder.length).includes('/')) found.push(...(this.byPath.get(inside) as number[]));
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

/** The names that references ask for; most facts have another. */
function namesWanted(references: readonly Reference[]): { anywhere: Set<string>; inScope: Set<string> } {
  const [anywhere, inScope] = [new Set<string>(), new Set<string>()];
  for (const { target } of references)
    if (target.by === 'name') (target.scope === undefined ? anywhere : inScope).add(target.name);
  return { anywhere, inScope };
}

/** Each once, in the order of the places. */
function pathsOf({ evidence }: Fact): readonly string[] {
  const first = evidence[0]?.path;
  if (first === undefined) return [];
  return evidence.every(({ path }) => path === first) ? [first] : [...new Set(evidence.map(({ path }) => path))];
}

function mapAt(maps: Map<string, Map<string, number[]>>, key: string): Map<string, number[]> {
  const known = maps.get(key) ?? new Map<string, number[]>();
  maps.set(key, known);
  return known;
}

function listAt(lists: Map<string, number[]>, key: string): number[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}

function append(map: Map<string, number[]>, key: string, at: number): void {
  listAt(map, key).push(at);
}

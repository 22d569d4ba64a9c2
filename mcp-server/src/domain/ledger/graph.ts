/** What the graph needs to know of an event. */
export interface Node {
  id: string;
  parents: readonly string[];
}

/**
 * The order of events: a directed acyclic graph by `parents`. Ancestor questions follow runs of events with one parent
 * and one child as a single step, so that a long straight history costs nothing.
 */
export class Graph<T extends Node = Node> {
  /** Topological, ties broken by id: the same on every machine whatever the file order. */
  readonly order: readonly T[];
  /** Events that no other event names as a parent, sorted. */
  readonly heads: readonly string[];
  /** Parents that are named and not there, with the event that names them. */
  readonly missing: readonly { child: string; parent: string }[];
  readonly #byId: Map<string, T>;
  readonly #run: Map<string, { run: number; at: number }>;
  readonly #runParents: (readonly string[])[];

  /**
   * @param like a graph of the same ids and parents in the same order: what follows from those is taken over from it
   */
  constructor(nodes: Iterable<T>, like?: Graph<T>) {
    this.#byId = new Map(Array.from(nodes, (node) => [node.id, node]));
    if (like !== undefined) {
      this.order = [...this.#byId.values()];
      this.heads = like.heads;
      this.missing = like.missing;
      this.#run = like.#run;
      this.#runParents = like.#runParents;
      return;
    }
    this.#run = new Map();
    this.#runParents = [];
    const children = new Map<string, string[]>();
    const missing: { child: string; parent: string }[] = [];
    for (const node of this.#byId.values())
      for (const parent of node.parents) {
        if (this.#byId.has(parent)) (children.get(parent) ?? setDefault(children, parent)).push(node.id);
        else missing.push({ child: node.id, parent });
      }
    this.missing = missing.sort((a, b) => compare(a.child, b.child) || compare(a.parent, b.parent));
    this.heads = [...this.#byId.keys()].filter((id) => !children.has(id)).sort();
    this.order = this.#sort(children);
    this.#cutIntoRuns(children);
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Whether `ancestor` is reachable from `id` by parents. An event is not its own ancestor. */
  precedes(ancestor: string, id: string): boolean {
    const target = this.#run.get(ancestor);
    const start = this.#run.get(id);
    if (target === undefined || start === undefined || ancestor === id) return false;
    if (target.run === start.run) return target.at < start.at;
    const seen = new Set<number>();
    const open = [start.run];
    for (let run = open.pop(); run !== undefined; run = open.pop())
      for (const parent of this.#runParents[run]!) {
        const place = this.#run.get(parent);
        if (place === undefined) continue;
        // Whatever has a child outside its run is the last of it, so the target comes before or is it.
        if (place.run === target.run) return true;
        // Runs are numbered in topological order: an older run cannot lead to the target.
        if (place.run > target.run && !seen.has(place.run)) {
          seen.add(place.run);
          open.push(place.run);
        }
      }
    return false;
  }

  /** Neither came before the other: each was written without the other's knowledge. */
  concurrent(a: string, b: string): boolean {
    return a !== b && !this.precedes(a, b) && !this.precedes(b, a);
  }

  /** Those of `ids` that precede none of the others. */
  latest<N extends Node>(nodes: readonly N[]): N[] {
    return nodes.filter((node) => !nodes.some((other) => this.precedes(node.id, other.id)));
  }

  #sort(children: Map<string, string[]>): T[] {
    const waiting = new Map<string, number>();
    const ready = new Heap();
    for (const node of this.#byId.values()) {
      const known = node.parents.filter((parent) => this.#byId.has(parent)).length;
      waiting.set(node.id, known);
      if (known === 0) ready.push(node.id);
    }
    const order: T[] = [];
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      order.push(this.#byId.get(id)!);
      for (const child of children.get(id) ?? []) {
        const left = waiting.get(child)! - 1;
        waiting.set(child, left);
        if (left === 0) ready.push(child);
      }
    }
    return order;
  }

  #cutIntoRuns(children: Map<string, string[]>): void {
    for (const node of this.order) {
      const [parent] = node.parents;
      const before = node.parents.length === 1 ? this.#run.get(parent!) : undefined;
      if (before !== undefined && children.get(parent!)!.length === 1)
        this.#run.set(node.id, { run: before.run, at: before.at + 1 });
      else {
        this.#run.set(node.id, { run: this.#runParents.length, at: 0 });
        this.#runParents.push(node.parents);
      }
    }
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function setDefault(map: Map<string, string[]>, key: string): string[] {
  const list: string[] = [];
  map.set(key, list);
  return list;
}

/** A binary min-heap of ids, so that a wide ledger sorts in n log n. */
class Heap {
  readonly #items: string[] = [];

  push(item: string): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (items[up]! <= item) break;
      items[at] = items[up]!;
      at = up;
    }
    items[at] = item;
  }

  pop(): string | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && items[down + 1]! < items[down]!) down++;
      if (last <= items[down]!) break;
      items[at] = items[down]!;
      at = down;
    }
    items[at] = last;
    return top;
  }
}

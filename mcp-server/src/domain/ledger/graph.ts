/** What the graph needs to know of an event. */
export interface Node {
  id: string;
  parents: readonly string[];
}

/**
 * The order of events: a directed acyclic graph by `parents`. Ancestor questions follow runs of events with one parent
 * and one child as a single step, so that a long straight history costs nothing. Inside, a node is its number: looking up
 * ids costs most of the time that a large ledger takes, and each is looked up once.
 */
export class Graph<T extends Node = Node> {
  /** Topological, ties broken by id: the same on every machine whatever the file order. */
  readonly order: readonly T[];
  /** Events that no other event names as a parent, sorted. */
  readonly heads: readonly string[];
  /** Parents that are named and not there, with the event that names them. */
  readonly missing: readonly { child: string; parent: string }[];
  readonly #nodes: readonly T[];
  readonly #numbers: ReadonlyMap<string, number>;
  /** The run that a node is in, and how far down it; -1 on a cycle. */
  readonly #run: Int32Array;
  readonly #at: Int32Array;
  /** Nodes that the first of each run names as its parents. */
  readonly #runParents: (readonly number[])[];

  /**
   * @param like a graph of the same ids and parents in the same order: what follows from those is taken over from it
   */
  constructor(nodes: Iterable<T>, like?: Graph<T>) {
    if (like !== undefined) {
      this.order = [...nodes];
      this.#nodes = like.#nodes.slice();
      for (const node of this.order) (this.#nodes as T[])[like.#numbers.get(node.id)!] = node;
      this.heads = like.heads;
      this.missing = like.missing;
      this.#numbers = like.#numbers;
      this.#run = like.#run;
      this.#at = like.#at;
      this.#runParents = like.#runParents;
      return;
    }
    const { own, numbers } = numbered(nodes);
    const missing: { child: string; parent: string }[] = [];
    const parents = own.map((node) =>
      node.parents.flatMap((parent) => {
        const number = numbers.get(parent);
        if (number === undefined) missing.push({ child: node.id, parent });
        return number ?? [];
      }),
    );
    const children = childrenOf(parents);
    const order = sorted(own, parents, children);
    this.#nodes = own;
    this.#numbers = numbers;
    this.missing = missing.sort((a, b) => compare(a.child, b.child) || compare(a.parent, b.parent));
    this.heads = own.flatMap(({ id }, at) => (children.count(at) === 0 ? id : [])).sort();
    this.order = order.map((at) => own[at]!);
    this.#run = new Int32Array(own.length).fill(-1);
    this.#at = new Int32Array(own.length);
    this.#runParents = [];
    for (const node of order) {
      const [parent] = parents[node]!;
      // A parent that is missing makes a beginning, too.
      const follows = own[node]!.parents.length === 1 && parent !== undefined && children.count(parent) === 1;
      if (follows) this.#at[node] = this.#at[parent]! + 1;
      this.#run[node] = follows ? this.#run[parent]! : this.#runParents.push(parents[node]!) - 1;
    }
  }

  get(id: string): T | undefined {
    const number = this.#numbers.get(id);
    return number === undefined ? undefined : this.#nodes[number];
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** Whether `ancestor` is reachable from `id` by parents. An event is not its own ancestor. */
  precedes(ancestor: string, id: string): boolean {
    const [target, start] = [this.#numbers.get(ancestor), this.#numbers.get(id)];
    if (target === undefined || start === undefined || target === start) return false;
    const [run, at] = [this.#run[target]!, this.#at[target]!];
    // Nothing is known of the order on a cycle.
    if (run < 0 || this.#run[start]! < 0) return false;
    if (run === this.#run[start]) return at < this.#at[start]!;
    const seen = new Set<number>();
    const open = [this.#run[start]!];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const parent of this.#runParents[next]!) {
        const above = this.#run[parent]!;
        if (above === run && at <= this.#at[parent]!) return true;
        // Runs are numbered in topological order: an older run cannot lead to the target.
        if (above > run && !seen.has(above)) {
          seen.add(above);
          open.push(above);
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
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Nodes by number, each id once: the last of an id counts. */
function numbered<T extends Node>(nodes: Iterable<T>): { own: T[]; numbers: Map<string, number> } {
  const own: T[] = [];
  const numbers = new Map<string, number>();
  for (const node of nodes) {
    const known = numbers.get(node.id);
    if (known === undefined) numbers.set(node.id, own.push(node) - 1);
    else own[known] = node;
  }
  return { own, numbers };
}

/** The children of every node, in one array after the other. */
interface Children {
  count(node: number): number;
  each(node: number, visit: (child: number) => void): void;
}

function childrenOf(parents: readonly (readonly number[])[]): Children {
  const starts = new Int32Array(parents.length + 1);
  for (const own of parents) for (const parent of own) starts[parent + 1]!++;
  for (let node = 0; node < parents.length; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice();
  const all = new Int32Array(starts[parents.length]!);
  for (const [child, own] of parents.entries()) for (const parent of own) all[next[parent]!++] = child;
  return {
    count: (node) => starts[node + 1]! - starts[node]!,
    each(node, visit) {
      for (let at = starts[node]!; at < starts[node + 1]!; at++) visit(all[at]!);
    },
  };
}

/** Every node after its parents, of several that could come next the one with the smallest id; those on a cycle never. */
function sorted(own: readonly Node[], parents: readonly (readonly number[])[], children: Children): number[] {
  const waiting = Int32Array.from(parents, (one) => one.length);
  const ready = new Heap(own);
  for (const [node, count] of waiting.entries()) if (count === 0) ready.push(node);
  const order: number[] = [];
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order.push(node);
    children.each(node, (child) => {
      if (--waiting[child]! === 0) ready.push(child);
    });
  }
  return order;
}

/** A binary min-heap of nodes by their ids, so that a wide ledger sorts in n log n. */
class Heap {
  readonly #items: number[] = [];
  readonly #nodes: readonly Node[];

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
  }

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.#less(item, items[up]!)) break;
      items[at] = items[up]!;
      at = up;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && this.#less(items[down + 1]!, items[down]!)) down++;
      if (!this.#less(items[down]!, last)) break;
      items[at] = items[down]!;
      at = down;
    }
    items[at] = last;
    return top;
  }

  #less(a: number, b: number): boolean {
    return this.#nodes[a]!.id < this.#nodes[b]!.id;
  }
}

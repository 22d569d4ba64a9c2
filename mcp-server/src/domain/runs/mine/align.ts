import { append } from '../../extract/story/fact-graph.ts';
import type { Item, Sequence } from './items.ts';

/** Steps of several runs that are one step of the job. */
export interface Node {
  signature: string;
  /** By the number of the run. */
  items: Map<number, Item>;
}

/** Cells of the table that two runs may take; beyond it, the n-th use of one is the n-th of the other. */
const largestTable = 4_000_000;
/** Cells of all tables of a job together. */
const allTables = 100_000_000;
/** Runs among which the most typical is looked for. */
const mostCandidates = 12;

/**
 * Lays runs side by side: the most typical first, then each other by its longest common subsequence with what is there
 * (Hirschberg 1975 states the table). A step that stands elsewhere in a run is still the same step, as long as that run
 * has not used it: independent steps come in any order.
 */
export function align(sequences: readonly Sequence[]): Node[] {
  const order = typicalFirst(sequences);
  const cells = Math.min(largestTable, Math.floor(allTables / Math.max(1, sequences.length)));
  const nodes: Node[] = [];
  for (const run of order) {
    const { items } = sequences[run] as Sequence;
    const pairs = matches(
      nodes.map((node) => node.signature),
      items.map((item) => item.signature),
      cells,
    );
    for (const [node, item] of pairs) (nodes[node] as Node).items.set(run, items[item] as Item);
    const left = new Map<string, Node[]>();
    for (const node of nodes) if (!node.items.has(run)) append(left, node.signature, node);
    const matched = new Map(pairs.map(([node, item]) => [item, nodes[node] as Node]));
    insert(nodes, items, run, (item) => matched.get(item.at) ?? moved(left, item, run));
  }
  return nodes;
}

/** A step of the same kind that this run has not used yet. */
function moved(left: Map<string, Node[]>, item: Item, run: number): Node | undefined {
  const node = left.get(item.signature)?.shift();
  node?.items.set(run, item);
  return node;
}

/** Steps that only this run has stand behind the step that they followed. */
function insert(nodes: Node[], items: readonly Item[], run: number, nodeOf: (item: Item) => Node | undefined): void {
  const behind = new Map<Node | undefined, Node[]>();
  let last: Node | undefined;
  for (const item of items) {
    const node = nodeOf(item);
    if (node !== undefined) {
      last = node;
      continue;
    }
    append(behind, last, { signature: item.signature, items: new Map([[run, item]]) });
  }
  if (behind.size === 0) return;
  const all = [...(behind.get(undefined) ?? []), ...nodes.flatMap((node) => [node, ...(behind.get(node) ?? [])])];
  nodes.splice(0, nodes.length, ...all);
}

/** Numbers of the runs, the one first that shares most with the others. */
function typicalFirst(sequences: readonly Sequence[]): number[] {
  const numbers = sequences.map((_, at) => at);
  if (sequences.length < 3) return numbers.sort((a, b) => lengthOf(sequences, b) - lengthOf(sequences, a) || a - b);
  const candidates = numbers.slice(0, mostCandidates);
  const shared = candidates.map((one) =>
    candidates.reduce((sum, other) => sum + (one === other ? 0 : similarity(sequences, one, other)), 0),
  );
  const best = candidates.reduce((most, one) => ((shared[one] as number) > (shared[most] as number) ? one : most), 0);
  return [best, ...numbers.filter((one) => one !== best)];
}

const lengthOf = (sequences: readonly Sequence[], at: number) => (sequences[at] as Sequence).items.length;

/** Twice what is common, by the length of both. */
function similarity(sequences: readonly Sequence[], a: number, b: number): number {
  const [one, other] = [a, b].map((at) => (sequences[at] as Sequence).items.map((item) => item.signature));
  if (one === undefined || other === undefined || one.length + other.length === 0) return 0;
  return (2 * matches(one, other, largestTable / mostCandidates).length) / (one.length + other.length);
}

/** Pairs of positions with the same signature, both rising. */
function matches(a: readonly string[], b: readonly string[], cells: number): [number, number][] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const head = Array.from({ length: start }, (_, at): [number, number] => [at, at]);
  const tail = Array.from({ length: end }, (_, at): [number, number] => [a.length - end + at, b.length - end + at]);
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end), cells);
  return [...head, ...middle.map(([x, y]): [number, number] => [x + start, y + start]), ...tail];
}

function between(a: readonly string[], b: readonly string[], cells: number): [number, number][] {
  if (a.length === 0 || b.length === 0) return [];
  if ((a.length + 1) * (b.length + 1) > cells) return byCount(a, b);
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let x = a.length - 1; x >= 0; x--)
    for (let y = b.length - 1; y >= 0; y--)
      table[x * width + y] =
        a[x] === b[y]
          ? (table[(x + 1) * width + y + 1] as number) + 1
          : Math.max(table[(x + 1) * width + y] as number, table[x * width + y + 1] as number);
  const pairs: [number, number][] = [];
  for (let x = 0, y = 0; x < a.length && y < b.length; )
    if (a[x] === b[y]) pairs.push([x++, y++]);
    else if ((table[(x + 1) * width + y] as number) >= (table[x * width + y + 1] as number)) x++;
    else y++;
  return pairs;
}

/** The n-th use of one with the n-th of the other, as far as both rise. */
function byCount(a: readonly string[], b: readonly string[]): [number, number][] {
  const places = new Map<string, number[]>();
  for (const [at, signature] of b.entries()) append(places, signature, at);
  const used = new Map<string, number>();
  const pairs: [number, number][] = [];
  let last = -1;
  for (const [at, signature] of a.entries()) {
    const list = places.get(signature) ?? [];
    let next = used.get(signature) ?? 0;
    while (next < list.length && (list[next] as number) <= last) next++;
    used.set(signature, next + 1);
    const place = list[next];
    if (place === undefined) continue;
    pairs.push([at, place]);
    last = place;
  }
  return pairs;
}

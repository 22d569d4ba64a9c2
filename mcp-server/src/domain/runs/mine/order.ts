import type { Node } from './align.ts';

/** With more comparisons than this, steps are put in order by their mean place alone. */
const mostCompared = 6_000_000;

export interface Ordered {
  nodes: Node[];
  /** Pairs of positions that runs have in both orders: neither waits for the other. */
  anyOrder: [number, number][];
}

/**
 * Puts steps in the order that most runs have them in: one goes before another when more runs say so than not (a majority
 * graph, sorted topologically); where majorities go round in a circle, the mean place decides.
 */
export function majorityOrder(nodes: readonly Node[]): Ordered {
  const rank = new Map(nodes.map((node) => [node, meanPlace(node)]));
  const sorted = [...nodes].sort((a, b) => (rank.get(a) as number) - (rank.get(b) as number));
  const runs = Math.max(0, ...nodes.map((node) => node.items.size));
  if (runs < 2 || nodes.length * nodes.length * runs > mostCompared) return { nodes: sorted, anyOrder: [] };
  const waits = sorted.map(() => 0);
  const after = sorted.map((): number[] => []);
  const both: [number, number][] = [];
  for (let a = 0; a < sorted.length; a++)
    for (let b = a + 1; b < sorted.length; b++) {
      const [first, second] = votes(sorted[a] as Node, sorted[b] as Node);
      if (first > 0 && second > 0) both.push([a, b]);
      const [before, behind] = first >= second ? [a, b] : [b, a];
      if (first === second) continue;
      after[before]?.push(behind);
      waits[behind] = (waits[behind] as number) + 1;
    }
  const order: number[] = [];
  const left = new Set(sorted.keys());
  while (left.size > 0) {
    let next: number | undefined;
    for (const at of left)
      if (waits[at] === 0) {
        next = at;
        break;
      }
    // A circle: the one that comes first on average breaks it.
    next ??= left.values().next().value as number;
    left.delete(next);
    order.push(next);
    for (const at of after[next] as number[]) waits[at] = (waits[at] as number) - 1;
  }
  const place = new Map(order.map((at, index) => [at, index]));
  const anyOrder = both.map(([a, b]): [number, number] => {
    const [first, second] = [place.get(a) as number, place.get(b) as number];
    return first < second ? [first, second] : [second, first];
  });
  return {
    nodes: order.map((at) => sorted[at] as Node),
    anyOrder: anyOrder.sort((x, y) => x[0] - y[0] || x[1] - y[1]),
  };
}

function meanPlace({ items }: Node): number {
  let sum = 0;
  for (const item of items.values()) sum += item.at;
  return sum / items.size;
}

/** In how many runs one stands before the other, and behind it. */
function votes(a: Node, b: Node): [number, number] {
  let before = 0;
  let behind = 0;
  for (const [run, item] of a.items) {
    const other = b.items.get(run);
    if (other === undefined) continue;
    if (item.at < other.at) before++;
    else behind++;
  }
  return [before, behind];
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph, type Node } from './graph.ts';

const node = (id: string, ...parents: string[]): Node => ({ id, parents });

/** Random graphs: node n may name any earlier nodes, and now and then one that is not there. Ids come in no order. */
const dag = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat(), { maxLength: 3 }),
      lost: fc.boolean(),
      straight: fc.boolean(),
      key: fc.nat(20),
    }),
    { maxLength: 16 },
  )
  .map((plan) => {
    const nodes: Node[] = [];
    for (const [at, { parents, lost, straight, key }] of plan.entries()) {
      const known = at === 0 ? [] : straight ? [at - 1] : [...new Set(parents.map((one) => one % at))];
      const gone = lost && key === 7 ? ['gone-x', 'gone-a'] : [];
      nodes.push({
        id: `${String.fromCharCode(97 + key)}${at}`,
        parents: [...known.map((one) => nodes[one]!.id), ...gone],
      });
    }
    return nodes;
  });

function ancestorsOf(nodes: readonly Node[], id: string): Set<string> {
  const found = new Set<string>();
  const visit = (at: string) => {
    for (const parent of nodes.find((one) => one.id === at)?.parents ?? [])
      if (nodes.some((one) => one.id === parent) && !found.has(parent)) {
        found.add(parent);
        visit(parent);
      }
  };
  visit(id);
  return found;
}

describe('the graph of events', () => {
  it('[R-RULE-17] is the same whatever the order of the files', () => {
    const shuffled = dag.chain((nodes) =>
      fc.tuple(fc.constant(nodes), fc.shuffledSubarray(nodes, { minLength: nodes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([nodes, other]) => {
        const a = new Graph(nodes);
        const b = new Graph(other);
        expect(b.order.map((one) => one.id)).toEqual(a.order.map((one) => one.id));
        expect(b.heads).toEqual(a.heads);
        expect(b.missing).toEqual(a.missing);
      }),
    );
  });

  it('puts every event after its parents and breaks ties by id', () => {
    fc.assert(
      fc.property(dag, (nodes) => {
        const order = new Graph(nodes).order.map((one) => one.id);
        const left = [...nodes];
        const naive: string[] = [];
        while (left.length > 0) {
          const ready = left.filter((one) => !one.parents.some((parent) => left.some((other) => other.id === parent)));
          const next = ready.sort((a, b) => (a.id < b.id ? -1 : 1))[0]!;
          naive.push(next.id);
          left.splice(left.indexOf(next), 1);
        }
        expect(order).toEqual(naive);
      }),
    );
  });

  it('[R-RULE-2] knows what came before what exactly as walking all parents does', () => {
    fc.assert(
      fc.property(dag, (nodes) => {
        const graph = new Graph(nodes);
        const ancestors = new Map(nodes.map((one) => [one.id, ancestorsOf(nodes, one.id)]));
        for (const a of nodes)
          for (const b of nodes) {
            const before = ancestors.get(b.id)!.has(a.id);
            const after = ancestors.get(a.id)!.has(b.id);
            expect(graph.precedes(a.id, b.id)).toBe(before);
            expect(graph.concurrent(a.id, b.id)).toBe(a.id !== b.id && !before && !after);
          }
        const latest = nodes.filter((one) => !nodes.some((other) => ancestors.get(other.id)!.has(one.id)));
        expect(graph.latest(nodes)).toEqual(latest);
        expect(graph.heads).toEqual(latest.map((one) => one.id).sort());
      }),
    );
  });

  it('names each missing parent with the event that names it', () => {
    const graph = new Graph([node('b', 'x', 'a'), node('c', 'b', 'y', 'x')]);
    expect(graph.missing).toEqual([
      { child: 'b', parent: 'a' },
      { child: 'b', parent: 'x' },
      { child: 'c', parent: 'x' },
      { child: 'c', parent: 'y' },
    ]);
    expect(graph.heads).toEqual(['c']);
  });

  it('finds nodes by id and counts them', () => {
    const graph = new Graph([node('a'), node('b', 'a')]);
    expect(graph.get('b')).toEqual({ id: 'b', parents: ['a'] });
    expect(graph.get('z')).toBeUndefined();
    expect(graph.size).toBe(2);
  });

  it('says no where it knows nothing', () => {
    const graph = new Graph([node('a'), node('b', 'a', 'gone')]);
    expect(graph.precedes('a', 'z')).toBe(false);
    expect(graph.precedes('z', 'b')).toBe(false);
    expect(graph.precedes('gone', 'b')).toBe(false);
    expect(graph.precedes('a', 'a')).toBe(false);
    expect(graph.concurrent('a', 'a')).toBe(false);
  });

  it('takes the order over from a graph of the same events, with the contents of its own', () => {
    const nodes = [node('a'), node('b', 'a', 'gone'), node('c', 'a'), node('d', 'b', 'c')];
    const old = new Graph(nodes.toReversed());
    const like = new Graph(
      old.order.map((one) => ({ ...one, said: `anew ${one.id}` })),
      old as Graph<Node & { said: string }>,
    );
    expect(like.order.map(({ id, said }) => [id, said])).toEqual(['a', 'b', 'c', 'd'].map((id) => [id, `anew ${id}`]));
    expect(like.get('c')).toEqual({ id: 'c', parents: ['a'], said: 'anew c' });
    expect(old.get('c')).toEqual({ id: 'c', parents: ['a'] });
    expect([like.heads, like.missing, like.size]).toEqual([['d'], [{ child: 'b', parent: 'gone' }], 4]);
    expect([like.precedes('a', 'd'), like.precedes('b', 'c'), like.precedes('d', 'a')]).toEqual([true, false, false]);
  });

  it('knows nothing of what came before on a cycle, or below one', () => {
    const graph = new Graph([node('a', 'b'), node('b', 'a'), node('c'), node('d', 'c', 'b')]);
    expect([graph.precedes('a', 'b'), graph.precedes('c', 'b'), graph.precedes('b', 'c')]).toEqual([
      false,
      false,
      false,
    ]);
    expect([graph.precedes('c', 'd'), graph.precedes('a', 'd')]).toEqual([false, false]);
  });

  it('leaves nodes on a cycle out of the order', () => {
    const graph = new Graph([node('a', 'b'), node('b', 'a'), node('c')]);
    expect(graph.order.map((one) => one.id)).toEqual(['c']);
  });

  it('follows a straight history of thousands of events as one step', () => {
    const nodes = Array.from({ length: 4_000 }, (_, at) => node(`n${at}`, ...(at === 0 ? [] : [`n${at - 1}`])));
    const graph = new Graph(nodes);
    for (let at = 0; at < 2_000; at++) expect(graph.precedes('n3', `n${3_999 - at}`)).toBe(true);
  });

  it('sorts a wide history', () => {
    const ids = Array.from({ length: 500 }, (_, at) => String((at * 7919) % 500).padStart(3, '0'));
    const graph = new Graph(ids.map((id) => node(id)));
    expect(graph.order.map((one) => one.id)).toEqual([...ids].sort());
  });
});

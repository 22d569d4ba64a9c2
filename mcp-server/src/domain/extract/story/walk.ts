import type { Fact } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import { type FactGraph, isActing, placeOf } from './fact-graph.ts';

/** One acting fact where its turn comes. */
export interface Visit {
  fact: Fact;
  /** How deep in the calls, from 0. */
  depth: number;
  /** Who calls or holds it. */
  by: Fact | undefined;
}

/**
 * Visits all that a start reaches, in the order in which it runs: what something needs before it, then itself, then what
 * stands in its lines or is called by it. Each fact once, at its first turn. Iterative: chains may be long.
 */
export function walk(graph: FactGraph, heads: readonly Fact[]): Visit[] {
  const visits: Visit[] = [];
  const seen = new Set<string>();
  const waiting: { visit: Visit; needs: boolean }[] = [];
  const push = (facts: readonly Fact[], depth: number, by: Fact | undefined) => {
    for (const fact of [...facts].reverse())
      if (!seen.has(fact.id)) waiting.push({ visit: { fact, depth, by }, needs: false });
  };
  push([...heads].sort(inTurn), 0, undefined);
  const asked = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { visit, needs } = next;
    const { fact, depth, by } = visit;
    if (seen.has(fact.id)) continue;
    if (!needs && !asked.has(fact.id)) {
      asked.add(fact.id);
      const before = needed(graph, fact).filter((one) => !asked.has(one.id));
      if (before.length > 0) {
        waiting.push({ visit, needs: true });
        push(before, depth, by);
        continue;
      }
    }
    seen.add(fact.id);
    if (isActing(fact)) visits.push(visit);
    push(called(graph, fact), isActing(fact) ? depth + 1 : depth, isActing(fact) ? fact : by);
  }
  return visits;
}

/** What comes with a fact, before and after it. */
export function follow(graph: FactGraph, fact: Fact): Fact[] {
  return [...needed(graph, fact), ...called(graph, fact)];
}

/** What has to be there before a fact: prerequisites, and where the order follows from references, what it refers to. */
function needed(graph: FactGraph, fact: Fact): Fact[] {
  const isDeclared = fact.format === 'terraform';
  return graph
    .targets(fact, 'depends-on', ...(isDeclared ? (['reads'] as const) : []))
    .filter((one) => (isDeclared ? one.format === 'terraform' : isActing(one) && one.kind !== 'data'));
}

function called(graph: FactGraph, fact: Fact): Fact[] {
  const within = graph.nestedIn(fact);
  const elsewhere = graph
    .targets(fact, 'calls', 'includes')
    .filter((one) => isActing(one) && one.kind !== 'data' && one !== graph.parentOf(fact));
  return [...within, ...elsewhere.sort(inTurn)];
}

/** Jobs of a workflow by their level; else what one file lists in its order. Handlers run last. */
function inTurn(a: Fact, b: Fact): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  return (
    Number(a.kind === 'handler') - Number(b.kind === 'handler') ||
    order(a) - order(b) ||
    byCodeUnits(first.path, second.path) ||
    first.line - second.line
  );
}

function order(fact: Fact): number {
  const value = fact.attributes['order'];
  return typeof value === 'number' ? value : 0;
}

/** Everything that belongs to what was visited: it, what it holds, and what any relation leads to. */
export function closure(graph: FactGraph, visits: readonly Visit[]): Set<string> {
  const seen = new Set(visits.map(({ fact }) => fact.id));
  const waiting = visits.map(({ fact }) => fact);
  for (let fact = waiting.pop(); fact !== undefined; fact = waiting.pop()) {
    const next = graph.targets(fact, 'calls', 'includes', 'reads', 'writes', 'depends-on');
    for (const kind of ['decision', 'approval', 'check', 'rollback', 'batch', 'phase'] as const)
      next.push(...graph.intentsOf(fact, kind));
    for (const one of next)
      if (!seen.has(one.id)) {
        seen.add(one.id);
        waiting.push(one);
      }
  }
  return seen;
}

import type { Fact } from '../contract.ts';
import type { FactGraph } from './fact-graph.ts';
import type { Visit } from './walk.ts';

/** Decisions that say whether the thing they stand at runs at all; branches within a script say nothing of what is around them. */
const guarding: ReadonlySet<string> = new Set(['ansible-when', 'condition', 'rules-if', 'only', 'when']);

/** What has to hold for each visit: its own conditions and those of whoever calls or holds it, outermost first. */
export class Conditions {
  private readonly graph: FactGraph;
  private readonly byId: ReadonlyMap<string, Visit>;

  constructor(graph: FactGraph, visits: readonly Visit[]) {
    this.graph = graph;
    this.byId = new Map(visits.map((visit) => [visit.fact.id, visit]));
  }

  of(visit: Visit): string[] {
    const found: string[][] = [];
    const seen = new Set<Fact>();
    for (
      let at: Visit | undefined = visit;
      at !== undefined && !seen.has(at.fact);
      at = at.by === undefined ? undefined : this.byId.get(at.by.id)
    ) {
      seen.add(at.fact);
      found.unshift(this.own(at.fact));
    }
    return [...new Set(found.flat())];
  }

  private own(fact: Fact): string[] {
    return this.graph
      .intentsOf(fact, 'decision')
      .filter(({ attributes }) => guarding.has(String(attributes['rule'])))
      .map(({ name }) => name);
  }
}

/** A handler, or what a handler includes: runs when something that changed has notified it. */
export function isForNotice(graph: FactGraph, { fact, by }: Visit): boolean {
  if (fact.kind === 'handler' || by?.kind === 'handler') return true;
  return graph.parentOf(fact)?.kind === 'handler';
}

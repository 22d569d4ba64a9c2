import type { Fact } from '../contract.ts';
import { Enclosing, type Reach } from './enclosing.ts';
import { type FactGraph, pathOf, placeOf } from './fact-graph.ts';
import type { Visit } from './walk.ts';

/** Decisions that say whether the thing they stand at runs at all; branches within a script say nothing of what is around them. */
const guarding: ReadonlySet<string> = new Set(['ansible-when', 'condition', 'rules-if', 'only', 'when']);

/** What has to hold for each visit: its own conditions and those of whoever calls or holds it, outermost first. */
export class Conditions {
  private readonly graph: FactGraph;
  private readonly byId: ReadonlyMap<string, Visit>;
  private readonly blocks = new Map<string, Enclosing<Reach & { name: string }>>();

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
      found.unshift(this.ofBlocks(at.fact), this.own(at.fact));
    }
    return [...new Set(found.flat())];
  }

  private own(fact: Fact): string[] {
    const { onlyIf, condition } = fact.attributes;
    if (Array.isArray(onlyIf)) return onlyIf.map(String);
    if (fact.format === 'helm')
      return fact.kind === 'module' && typeof condition === 'string' ? [condition] : this.deciding(fact);
    return this.graph
      .intentsOf(fact, 'decision')
      .filter(({ attributes }) => guarding.has(String(attributes['rule'])) && attributes['holdsFrom'] === undefined)
      .map(({ name }) => name);
  }

  /** Conditions of a template that stand around one of its objects. */
  private deciding(fact: Fact): string[] {
    // Objects of that folder are no part of the release (Helm documentation, "Chart Tests").
    if (/\/templates\/tests\//.test(`/${pathOf(fact)}`)) return ['helm test'];
    return this.graph
      .inFile(pathOf(fact))
      .filter(
        ({ kind, attributes: { rule, decides } }) =>
          kind === 'decision' && rule === 'template-if' && decides === fact.name,
      )
      .map(({ name }) => name);
  }

  /** What blocks around it ask for: a block is no fact of its own, its condition knows how far it reaches. */
  private ofBlocks(fact: Fact): string[] {
    // A role or a file of tasks is told by its first line, where a block may stand: it does not stand in it.
    if (fact.kind !== 'task' && fact.kind !== 'handler') return [];
    const path = pathOf(fact);
    let blocks = this.blocks.get(path);
    if (blocks === undefined) {
      blocks = new Enclosing(
        this.graph
          .inFile(path)
          .flatMap(({ kind, name, attributes: { holdsFrom: from, holdsUntil: to } }) =>
            kind === 'decision' && typeof from === 'number' && typeof to === 'number' ? [{ name, from, to }] : [],
          ),
      );
      this.blocks.set(path, blocks);
    }
    const { line, endLine } = placeOf(fact);
    return blocks
      .around({ from: line, to: endLine })
      .map(({ name }) => name)
      .reverse();
  }
}

/** A handler, or what a handler includes: runs when something that changed has notified it. */
export function isForNotice(graph: FactGraph, { fact, by }: Visit): boolean {
  if (fact.kind === 'handler' || by?.kind === 'handler') return true;
  return graph.parentOf(fact)?.kind === 'handler';
}

import type { Fact } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import { type FactGraph, isActing, isRoleUse, isScoped, pathOf, placeOf } from './fact-graph.ts';
import { installTurn } from './install-order.ts';

/** One acting fact where its turn comes. */
export interface Visit {
  fact: Fact;
  /** How deep in the calls, from 0. */
  depth: number;
  /** Who calls or holds it. */
  by: Fact | undefined;
  /** What it calls has all had its turn before: a role that is used again. */
  repeats: boolean;
}

/** What waits for its turn: a fact, or the handlers that were notified in what a play holds. */
type Turn = { visit: Visit; needsMet: boolean } | 'handlers';

/**
 * Visits all that a start reaches, in the order in which it runs: what something needs before it, then itself, then what
 * stands in its lines or is called by it; notified handlers at the end of their play. Each fact once, at its first turn.
 * Iterative: chains may be long.
 */
export function walk(graph: FactGraph, heads: readonly Fact[]): Visit[] {
  const visits: Visit[] = [];
  const seen = new Set<string>();
  const asked = new Set<string>();
  const notified: Fact[] = [];
  const waiting: Turn[] = ['handlers'];
  const push = (facts: readonly Fact[], depth: number, by: Fact | undefined) => {
    for (const fact of [...facts].reverse())
      if (!seen.has(fact.id)) waiting.push({ visit: { fact, depth, by, repeats: false }, needsMet: false });
  };
  push([...heads].sort(inTurn), 0, undefined);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === 'handlers') {
      push(notified.splice(0), 1, undefined);
      continue;
    }
    const { visit, needsMet } = next;
    const { fact, depth, by } = visit;
    if (seen.has(fact.id)) continue;
    if (!needsMet && !asked.has(fact.id)) {
      asked.add(fact.id);
      const before = needed(graph, fact).filter((one) => !asked.has(one.id));
      if (before.length > 0) {
        waiting.push({ visit, needsMet: true });
        push(before, depth, by);
        continue;
      }
    }
    seen.add(fact.id);
    const children = called(graph, fact);
    if (isActing(fact)) {
      const own = children.filter((one) => one.kind !== 'handler');
      visits.push({ ...visit, repeats: own.length > 0 && own.every((one) => seen.has(one.id)) });
    }
    if (fact.kind === 'play') waiting.push('handlers');
    else notified.push(...children.filter((one) => one.kind === 'handler'));
    const now = fact.kind === 'play' ? children : children.filter((one) => one.kind !== 'handler');
    push(now, isActing(fact) ? depth + 1 : depth, isActing(fact) ? fact : by);
  }
  return visits;
}

/** What comes with a fact, before and after it. */
export function follow(graph: FactGraph, fact: Fact): Fact[] {
  return [...needed(graph, fact), ...called(graph, fact)];
}

/**
 * What has to be there before a fact: prerequisites, and where the order follows from references, what it and the settings of
 * its provider refer to.
 */
function needed(graph: FactGraph, fact: Fact): Fact[] {
  const isDeclared = fact.format === 'terraform';
  const providers = isDeclared ? graph.providersOf(fact) : [];
  return [fact, ...providers]
    .flatMap((one) => graph.targets(one, 'depends-on', ...(isDeclared ? (['reads'] as const) : [])))
    .filter((one) => (isDeclared ? isOfSameFolder(one, fact) : isActing(one) && one.kind !== 'data'));
}

/** What another folder keeps in its state is read, not applied. */
function isOfSameFolder(one: Fact, fact: Fact): boolean {
  return one.format === 'terraform' && one.scope === fact.scope;
}

/** What stands within a fact and what it calls, in one order: by line where both are known by their lines. */
function called(graph: FactGraph, fact: Fact): Fact[] {
  const within = graph.nestedIn(fact);
  const nested = new Set(within);
  const elsewhere = graph.targets(fact, 'calls', 'includes').filter((one) => isCalled(graph, fact, one));
  const merged: Fact[] = [];
  let at = 0;
  for (const one of elsewhere) {
    if (nested.has(one)) while (within[at] !== undefined && within[at] !== one) merged.push(within[at++] as Fact);
    merged.push(one);
  }
  merged.push(...within.slice(at));
  return [...new Set(merged)]
    .map((one) => ({ one, at: isChart(fact) ? releaseTurn(one) : order(one) }))
    .sort((a, b) => turn(a.one) - turn(b.one) || a.at - b.at)
    .map(({ one }) => one);
}

const isChart = ({ format, kind }: Fact) => format === 'helm' && kind === 'module';

/** Charts that are rendered with it and definitions come first, then objects by kind. */
function releaseTurn(fact: Fact): number {
  if (isChart(fact) || /(?:^|\/)crds\//.test(pathOf(fact))) return 0;
  return installTurn(fact.attributes['kind'] ?? fact.name.replace(/\/.*/s, ''));
}

/** What another party keeps is not walked into: the place that uses it stands for it. */
function isCalled(graph: FactGraph, caller: Fact, one: Fact): boolean {
  return isActing(one) && one.kind !== 'data' && one.attributes['external'] !== true && one !== graph.parentOf(caller);
}

/** Heads of one entry point, as they stand in its files. */
function inTurn(a: Fact, b: Fact): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  return turn(a) - turn(b) || order(a) - order(b) || byCodeUnits(first.path, second.path) || first.line - second.line;
}

/** Plays run pre_tasks, roles, tasks, post_tasks whatever the order of the listing is, and hooks run around what they belong to; handlers come last. */
function turn(fact: Fact): number {
  const { section, moment } = fact.attributes;
  if (fact.kind === 'handler') return 9;
  if (section === 'pre_tasks' || moment === 'before') return -2;
  if (isRoleUse(fact)) return -1;
  return section === 'post_tasks' || moment === 'after' ? 1 : 0;
}

/** Level of a job in its workflow, turn of a task or a command whose line says nothing about it; 0 for what has none. */
function order(fact: Fact): number {
  const value = fact.attributes['order'];
  const isOrdered = fact.kind === 'job' || fact.format === 'shell' || isScoped(fact);
  return isOrdered && typeof value === 'number' ? value : 0;
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

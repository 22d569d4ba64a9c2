import type { Fact, FactKind } from '../contract.ts';
import { type FactGraph, isActing, isRoleUse, placeOf } from './fact-graph.ts';
import type { Visit } from './walk.ts';

/** Acting facts that only hold others; they become phases and are no steps themselves. */
const holders: ReadonlySet<FactKind> = new Set(['workflow', 'entrypoint', 'play', 'role']);

/** A job with steps, an include, a role use and a module call only hold what they lead to, unless that had its turn before. */
export function isHolder(graph: FactGraph, { fact, repeats }: Visit): boolean {
  if (repeats) return false;
  if (holders.has(fact.kind)) return true;
  if (fact.kind === 'job') return graph.nestedIn(fact).length > 0 || isCaller(graph, fact) || isOnlyName(fact);
  if (fact.kind === 'module') return graph.nestedIn(fact).length > 0 || isCaller(graph, fact);
  if (isRoleUse(fact)) return isCaller(graph, fact);
  const mayHold = fact.kind === 'task' || fact.kind === 'handler' || fact.kind === 'step';
  return mayHold && fact.attributes['effect'] === undefined && isCaller(graph, fact);
}

/**
 * Holders that lead to no step: a command that runs a script in which nothing is known to act. It is done all the same, so the
 * innermost of them stands for what cannot be told.
 */
export function standIns(graph: FactGraph, visits: readonly Visit[]): Set<string> {
  const found = new Set<string>();
  const held = new Set<string>();
  // What is held has its turn after its holder.
  for (const visit of [...visits].reverse()) {
    const { fact, by, depth } = visit;
    const isStandIn =
      depth > 0 &&
      !holders.has(fact.kind) &&
      !held.has(fact.id) &&
      isHolder(graph, visit) &&
      // What is only included adds nothing by itself: a library that is sourced.
      graph.targets(fact, 'calls').length > 0;
    if (isStandIn) found.add(fact.id);
    if (by !== undefined && (isStandIn || held.has(fact.id) || !isHolder(graph, visit))) held.add(by.id);
  }
  return found;
}

/** Formats whose modules are applied; others only include them for what they define. */
const applied: ReadonlySet<string> = new Set(['terraform', 'terragrunt', 'helm', 'kustomize']);

/** Applies what is no part of this tree. */
export function isElsewhere(graph: FactGraph, fact: Fact): boolean {
  const { kind } = fact.attributes;
  const isUse = fact.kind === 'module' && applied.has(fact.format) && (kind === undefined || kind === 'dependency');
  return (isUse || isRoleUse(fact)) && graph.nestedIn(fact).length === 0 && !isCaller(graph, fact);
}

/** A target without a recipe stands for what it needs. */
function isOnlyName(fact: Fact): boolean {
  const { line, endLine } = placeOf(fact);
  return fact.format === 'make' && fact.attributes['prerequisites'] !== undefined && line === endLine;
}

/** Leads to something in this tree. */
function isCaller(graph: FactGraph, fact: Fact): boolean {
  return graph
    .targets(fact, 'calls', 'includes')
    .some(
      (one) => isActing(one) && one.kind !== 'handler' && one.kind !== 'data' && one.attributes['external'] !== true,
    );
}

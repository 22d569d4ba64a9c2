import type { Coupling, Fact } from '../contract.ts';
import { Conditions, isForNotice } from './conditions.ts';
import { append, type FactGraph } from './fact-graph.ts';
import { type Failure, failureOf } from './failure.ts';
import { isElsewhere, isHolder, standIns } from './holders.ts';
import { PhaseNames } from './phase-names.ts';
import type { Visit } from './walk.ts';

/** One thing that is done, in its turn. */
export interface Step {
  /** From 1, in the order of the entry point. */
  number: number;
  fact: Fact;
  /** Name of the phase it belongs to: play, job, named block, function, banner, module. */
  phase: string;
  effect: 'write' | 'read' | undefined;
  object: string | undefined;
  /** What it does is kept by another party, so that nothing here says what it writes: a module or a role that is fetched. */
  elsewhere: boolean;
  /** Systems that it is tied to. */
  systems: string[];
  failure: Failure;
  /** Runs only when something before it has failed. */
  onlyOnFailure: boolean;
  /** Runs only when something that changed has notified it. */
  onlyOnNotice: boolean;
  /** What has to hold for it to run, as the files say it: its own conditions and those of what calls it. */
  conditions: string[];
}

/** The steps among what is visited, in its order; what only holds others becomes their phase. */
export function stepsOf(graph: FactGraph, visits: readonly Visit[], systems: readonly Coupling[]): Step[] {
  const tied = new Map<string, string[]>();
  for (const { system, consumers } of systems) for (const id of consumers) append(tied, id, system);
  const phases = new PhaseNames(graph);
  const conditions = new Conditions(graph, visits);
  const steps: Step[] = [];
  const standing = standIns(graph, visits);
  const byId = new Map(visits.map((visit) => [visit.fact.id, visit]));
  const callers = (visit: Visit) => {
    const found: Fact[] = [];
    for (let by = visit.by; by !== undefined && !found.includes(by); by = byId.get(by.id)?.by) found.push(by);
    return found;
  };
  for (const visit of visits) {
    const { fact } = visit;
    if (isHolder(graph, visit) && !standing.has(fact.id)) continue;
    const { effect, object } = fact.attributes;
    const by = callers(visit);
    steps.push({
      number: steps.length + 1,
      fact,
      phase: phases.of(visit),
      effect: effect === 'write' || effect === 'read' ? effect : undefined,
      object: typeof object === 'string' ? object : undefined,
      elsewhere: effect === undefined && isElsewhere(graph, fact),
      systems: [...new Set(tied.get(fact.id) ?? [])],
      failure: failureOf(graph, fact, by),
      onlyOnFailure: [fact, ...by].some((one) => isForFailure(graph, one)),
      onlyOnNotice: isForNotice(graph, visit),
      conditions: conditions.of(visit),
    });
  }
  return steps;
}

/** A step of a rescue, a failure handler, or of a function that undoes. */
function isForFailure(graph: FactGraph, fact: Fact): boolean {
  const { onFailure, block } = fact.attributes;
  if (onFailure === true || block === 'rescue') return true;
  const held = fact.attributes['function'];
  const parent = graph.parentOf(fact);
  if (parent?.attributes['onFailure'] === true) return true;
  return (
    typeof held === 'string' &&
    parent !== undefined &&
    graph.intentsOf(parent, 'rollback').some(({ name }) => name === held)
  );
}

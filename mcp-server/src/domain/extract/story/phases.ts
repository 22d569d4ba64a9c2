import type { Fact } from '../contract.ts';
import type { FactGraph } from './fact-graph.ts';
import { title } from './phase-names.ts';
import type { Step } from './steps.ts';

/** Steps that follow each other in one phase. */
export interface Phase {
  name: string;
  evidence: Fact['evidence'];
  /** Numbers of the first and last step. */
  from: number;
  to: number;
  writes: number;
}

export function phasesOf(graph: FactGraph, steps: readonly Step[]): Phase[] {
  const phases: Phase[] = [];
  for (const step of steps) {
    const last = phases.at(-1);
    const writes = step.effect === 'write' ? 1 : 0;
    if (last !== undefined && last.name === step.phase) {
      last.to = step.number;
      last.writes += writes;
    } else {
      const parent = graph.parentOf(step.fact);
      const evidence = parent !== undefined && title(parent) === step.phase ? parent.evidence : step.fact.evidence;
      phases.push({ name: step.phase, evidence, from: step.number, to: step.number, writes });
    }
  }
  return phases;
}

import { groupBy } from '../group.ts';
import { type Advice, adviceForAll } from './advice.ts';
import type { Course } from './flow.ts';

/** How all deliveries of a repository went. Durations in milliseconds. */
export interface Metrics {
  deliveries: number;
  finished: number;
  /** By gate, over the deliveries that passed it. */
  gates: { title: string; passed: number; medianMs: number; medianWaitingMs: number; firstPass: number }[];
  waitingForDecision: number;
  reworks: number;
  deviations: number;
  checkRuns: number;
  failedRuns: number;
  changesAfterAsBuilt: number;
  glassBroken: number;
  advice: Advice[];
}

type Counted = Omit<Course, 'delivery'>;

export function metricsOf(reports: readonly Counted[]): Metrics {
  const total = (of: (one: Counted) => number) => reports.reduce((sum, one) => sum + of(one), 0);
  const passed = reports.flatMap(({ flow }) => flow.gates.filter((gate) => gate.endedAt !== null));
  return {
    deliveries: reports.length,
    finished: reports.filter((one) => one.finished).length,
    gates: [...groupBy(passed, (gate) => gate.title)].map(([title, gates]) => ({
      title,
      passed: gates.length,
      medianMs: median(gates.map((gate) => gate.totalMs)),
      medianWaitingMs: median(gates.map((gate) => gate.waitingMs)),
      firstPass: gates.filter((gate) => gate.firstPass === true).length,
    })),
    waitingForDecision: reports.filter(({ flow }) => flow.waitsFor === 'decision').length,
    reworks: total(({ flow }) => flow.reworks),
    deviations: total(({ flow }) => flow.deviations),
    checkRuns: total(({ flow }) => flow.checkRuns),
    failedRuns: total(({ flow }) => flow.failedRuns),
    changesAfterAsBuilt: total(({ flow }) => flow.changesAfterAsBuilt),
    glassBroken: total(({ flow }) => flow.glassBroken),
    advice: adviceForAll(reports),
  };
}

/** The middle one, of an even number the lower of the two: a time that really occurred. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}

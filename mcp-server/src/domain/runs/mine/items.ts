import type { Call, Leaf, Run } from '../run.ts';

/** One step of one run: the call that stood, with what was tried before it and how often it was repeated. */
export interface Item {
  /** Position among the steps of the run, from 0. */
  at: number;
  signature: string;
  /** Several where the step was repeated over a list, or until something came. */
  calls: readonly Call[];
  /** Attempts that failed before it stood. */
  failures: readonly Call[];
  /** It stands between a failed attempt of another step and the attempt that stood. */
  recovery: boolean;
}

/** A run as steps; calls that failed and were never made good stand apart. */
export interface Sequence {
  run: Run;
  items: readonly Item[];
  abandoned: readonly Call[];
}

/** How far an attempt may lie from the one that stood; calls. */
const longestRecovery = 12;

/** What a step is told by as long as nothing is known of other runs. */
export const coarse = ({ tool, label }: Call) => (label === '' ? tool : `${tool}: ${label}`);

/** Makes steps of calls: failed attempts go to the one that stood. */
export function sequenceOf(run: Run, signatureOf: (call: Call) => string): Sequence {
  const { calls } = run;
  const signatures = calls.map(signatureOf);
  // A value that was wrong is often why the attempt failed, so the tool alone has to be the same.
  const names = calls.map(coarse);
  const standing = new Map<number, number[]>();
  const recoveries = new Set<number>();
  const abandoned: Call[] = [];
  for (const [at, call] of calls.entries()) {
    if (!call.failed) continue;
    const later = nextThatStood(calls, names, at);
    if (later === undefined) abandoned.push(call);
    else {
      standing.set(later, [...(standing.get(later) ?? []), at]);
      for (let between = at + 1; between < later; between++)
        if (calls[between]?.failed === false) recoveries.add(between);
    }
  }
  const items: Item[] = [];
  for (const [at, call] of calls.entries()) {
    if (call.failed) continue;
    items.push({
      at: items.length,
      signature: signatures[at] as string,
      calls: [call],
      failures: (standing.get(at) ?? []).map((one) => calls[one] as Call),
      recovery: recoveries.has(at),
    });
  }
  return { run, items, abandoned };
}

function nextThatStood(calls: readonly Call[], names: readonly string[], at: number): number | undefined {
  for (let next = at + 1; next < calls.length && next <= at + longestRecovery; next++)
    if (names[next] === names[at] && calls[next]?.failed === false) return next;
  return undefined;
}

/** The inputs of a call as one text, for telling equal from different. */
export const inputKey = ({ input }: Call) => input.map((leaf) => `${leaf.path}\u0000${leaf.value}`).join('\u0001');

export const valueAt = (leaves: readonly Leaf[], path: string) => leaves.find((leaf) => leaf.path === path)?.value;

import type { Evidence } from '../../extract/contract.ts';
import type { Call, Run } from '../run.ts';

/** Where a value of a step comes from. */
export type Origin =
  | { kind: 'constant'; value: string }
  | { kind: 'input'; name: string }
  /** Text around inputs and results: `vlan {vlanId}`. */
  | { kind: 'template'; template: string; inputs: readonly string[] }
  | { kind: 'result'; step: number; path: string }
  /** New in every run: ids and times that the tool or the agent made. */
  | { kind: 'generated' }
  | { kind: 'secret' }
  /** One run cannot tell whether it may vary. */
  | { kind: 'unknown'; value: string };

export interface StepValue {
  path: string;
  origin: Origin;
  /** Each turn of a loop has its own. */
  each: boolean;
}

export interface JobStep {
  /** From 1, in the order of the majority. */
  number: number;
  title: string;
  tool: string;
  effect: 'read' | 'write' | undefined;
  object: string;
  /** Runs that have it. */
  support: number;
  /** Least and most turns in one run; more than one is a loop. */
  turns: { least: number; most: number };
  /** The same was asked again until the answer changed. */
  polls: boolean;
  /** Runs in which an attempt failed first. */
  retried: number;
  errors: readonly string[];
  /** In the one run that is known, it stands between a failure and its mending. */
  recovery: boolean;
  values: readonly StepValue[];
  /** Numbers of steps that were seen before as well as behind it. */
  anyOrder: readonly number[];
  /** Number of the later step that reads what this one wrote. */
  verifiedBy: number | undefined;
  /** One place a run; the most typical run first. */
  evidence: readonly Evidence[];
  calls: readonly Call[];
}

export interface JobInput {
  name: string;
  /** declared: the sessions name it. prompt: it stands in what the person asked for. varies: it differs between runs. */
  by: 'declared' | 'prompt' | 'varies';
  varies: boolean;
  list: boolean;
  examples: readonly string[];
  evidence: readonly Evidence[];
}

/** What some runs do and others do not. */
export interface Variation {
  /** Number of the step of the sequence behind which it comes; 0 for the start. */
  after: number;
  arms: readonly { titles: readonly string[]; support: number; evidence: readonly Evidence[] }[];
  /** What tells the runs apart, the likeliest first; none found is nothing said. */
  conditions: readonly string[];
}

/** A person stepped in at the same place of several runs. */
export interface HumanStep {
  kind: Run['interventions'][number]['kind'];
  after: number;
  support: number;
  texts: readonly string[];
  evidence: readonly Evidence[];
}

/** What runs of one job have in common. */
export interface Job {
  name: string;
  runs: readonly Run[];
  steps: readonly JobStep[];
  inputs: readonly JobInput[];
  variations: readonly Variation[];
  people: readonly HumanStep[];
  /** Calls that failed and were never made good. */
  abandoned: readonly Call[];
  /** Tools that were offered and never used, sorted. */
  unused: readonly string[];
}

/** Fewer runs than this show what happened, and not what always happens. */
export const enoughRuns = 5;
/** A step of more runs than this share counts as seen, not concluded. */
export const observedShare = 0.8;

export const isObserved = (support: number, runs: number) => runs >= enoughRuns && support / runs > observedShare;

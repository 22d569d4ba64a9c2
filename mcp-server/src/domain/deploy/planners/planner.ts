import type { DeploySettings, Tool } from '../environment.ts';
import type { Projection } from '../plan.ts';

/** A run that is planned. Paths of files are relative to the environment's folder. */
export interface PlanContext {
  settings: DeploySettings;
  sets: Readonly<Record<string, string>>;
  /** Absolute path at which a tool that saves its plan does so. */
  saved: string;
}

/** A program with its arguments; no shell reads them. */
export interface Step {
  argv: string[];
  /** Exit codes that are no failure. */
  exits: readonly number[];
  /** Set for it beside what the environment lets through. */
  env?: Record<string, string>;
  /** A failure that says so on standard error stands for empty output. */
  absent?: RegExp;
}

export interface StepOutput {
  exit: number;
  stdout: string;
}

/** How a tool rehearses and applies: a file of its own, and a line in the catalogue. All of it is pure. */
export interface Planner {
  tool: Tool;
  /** What the tool reads besides the files of values. */
  files(settings: DeploySettings): string[];
  /** Programs whose outputs make the plan; none of them changes anything. */
  steps(context: PlanContext): Step[];
  /**
   * What the outputs come to; a text where they are not what the tool prints.
   *
   * @param clean takes secrets out of a text
   */
  project(outputs: readonly StepOutput[], clean: (text: string) => string): Projection | { unreadable: string };
  apply(context: PlanContext): Step;
  /**
   * What brings an earlier state back where the environment declares nothing; undefined where that cannot be told.
   *
   * @param printed what the apply of that state printed
   */
  rollback?(context: PlanContext, printed: string): string[] | undefined;
  /** Whether the rehearsal leaves a file that is then applied. */
  saves: boolean;
  /** What the rehearsal cannot see. */
  admits: readonly string[];
}

/** `{set:NAME}` in an argument stands for the input's value. */
export const withSets = (argv: readonly string[], sets: Readonly<Record<string, string>>): string[] =>
  argv.map((word) =>
    word.replace(/\{set:(\w+)\}/g, (all, name: string) => (Object.hasOwn(sets, name) ? sets[name]! : all)),
  );

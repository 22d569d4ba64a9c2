import type { RunResult } from './running.ts';

/** Programs that deploy, and what belongs to running them. */
export interface Programs {
  /**
   * Runs a program in a folder of the project, without a shell, and ends its process group after the limit. Undefined when
   * it cannot be started.
   */
  run(
    argv: readonly string[],
    options: {
      directory: string;
      timeoutMs: number;
      keptBytes: number;
      /** Names of further variables of the environment, and values that are set. */
      env: readonly string[];
      set: Readonly<Record<string, string>>;
    },
  ): Promise<RunResult | undefined>;
  /** Where a program lies that would be run by its name, when that is inside the project. */
  inProject(program: string): string | undefined;
  /** Absolute path for a plan that a tool saves; outside the work tree, because it holds secrets. */
  savedPlan(name: string): string;
  /** SHA-256 of such a file; undefined when it is not there. */
  savedHash(path: string): string | undefined;
  /** Puts such a file in the place of another. */
  keepPlan(from: string, to: string): void;
  forget(path: string): void;
  /** Runs `work` unless something of this name is running on this machine; then says who. */
  alone<T>(name: string, work: () => Promise<T>): Promise<{ result: T } | { heldBy: string }>;
  wait(ms: number): Promise<void>;
}

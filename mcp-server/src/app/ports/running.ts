export interface RunResult {
  /** null when a signal or the time limit ended it. */
  exit: number | null;
  timedOut: boolean;
  stdout: Captured;
  stderr: Captured;
  durationMs: number;
  /** Values that must not be stored: those of the variables that policy let through. */
  secrets: string[];
}

/** Captured output, bounded; length and hash are those of the whole. */
export interface Captured {
  text: string;
  bytes: number;
  sha256: string;
}

export interface Shell {
  /**
   * Runs a script with `sh` or `bash`, or a program with the arguments that follow it, in a folder of the project and a clean
   * environment, and ends it after the limit.
   */
  run(
    command: { lang: 'sh' | 'bash'; script: string } | { argv: readonly string[] },
    options: {
      timeoutMs: number;
      /** Names of further variables of the environment, and values that are set. */
      env: readonly string[];
      set?: Readonly<Record<string, string>>;
      /** In the project; its root unless said. */
      folder?: string;
    },
  ): Promise<RunResult>;
}

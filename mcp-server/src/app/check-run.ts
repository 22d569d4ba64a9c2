/** What came of asking whether a check holds. */
export interface CheckRun {
  check: string;
  result: 'passed' | 'failed' | 'not-run';
  /** What was expected and not met. */
  unmet: string[];
  evidence: string | null;
  durationMs: number;
  /** The last of the output, for the reader; data, never instruction. */
  tail: string;
  /** What a person decides about, where no program runs the check. */
  digest?: string;
}

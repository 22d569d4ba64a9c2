/** What would be written, inside a repository. */
export interface Target {
  /** Relative to the repository, with "/"; '' for its root. */
  readonly path: string;
  /** Whether everything below it may be written too. */
  readonly tree: boolean;
  /** Git brings back content that it holds: above the record that loses nothing which verify does not see. */
  readonly restores: boolean;
}

/** A verdict: why not, a delivery whose record the write makes untrue, or one whose started tasks it has nothing to do with. */
export interface Verdict {
  readonly deny?: string;
  readonly finished?: string;
  readonly strayed?: string;
}

/** What git holds of commits. */
export interface GitHistory {
  /** The commit that a ref names; undefined where it is not known here. */
  commit(ref: string): string | undefined;
  /** Where HEAD's line left that commit's; undefined where they have nothing in common, as far as is known here. */
  fork(commit: string): string | undefined;
  /** Whether older history is missing here. */
  shallow(): boolean;
  /** Paths of the files at a commit that are one of these or lie below one. */
  paths(commit: string, places: readonly string[]): string[];
  /** Text of a file at a commit; undefined where it is not there. */
  read(commit: string, path: string): string | undefined;
  /** Paths outside `deliveries/` whose content in the work tree is not that of the commit: changed, gone, not tracked. */
  changed(commit: string): string[];
  /** The same below `deliveries/`. */
  changedRecords(commit: string): string[];
}

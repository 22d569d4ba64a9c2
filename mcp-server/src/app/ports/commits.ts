/** Other commits than the one that is checked out, and branches of the remote. */
export interface Commits {
  /** SHA-256 of each file's content at a commit, text normalised; a path that is not there is left out. */
  hashesAt(commit: string, paths: readonly string[]): Promise<Map<string, string>>;
  /** Brings a commit here where a shallow clone lacks it. Whether it is here now. */
  fetch(commit: string): Promise<boolean>;
  /**
   * Checks a branch of the remote out into a folder of its own, away from the person's work tree.
   *
   * @throws Fault `no-remote`, `branch-moved`
   */
  checkOut(branch: string, commit: string): Promise<string>;
  /**
   * Commits these paths of such a folder and nothing else, and pushes to the branch.
   *
   * @throws Fault `push-refused`
   */
  publish(folder: string, paths: readonly string[], message: string, branch: string): Promise<void>;
  /** Removes such a folder. */
  discard(folder: string): Promise<void>;
  /**
   * A second work tree of HEAD in a folder of its own, by a name; one of that name that is there is made anew.
   *
   * @param present paths whose content is taken from the work tree as it is now, uncommitted edits included
   * @param without paths that are left out
   * @throws Fault `no-commit`, `no-worktree`
   */
  sideTree(name: string, present: readonly string[], without: readonly string[]): Promise<string>;
  /** The folder of such a work tree; undefined when there is none. */
  sideTreeAt(name: string): string | undefined;
}

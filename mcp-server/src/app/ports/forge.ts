/** A pull request, or merge request, as the forge has it now. */
export interface PullRequest {
  number: number;
  /** Name of the branch that it wants to merge, and the commit at its head. */
  branch: string;
  commit: string;
  /** Whether that branch is in another repository than the one it merges into. */
  fork: boolean;
}

/** What an account last said about a pull request; comments without a verdict are none. */
export interface ForgeReview {
  account: string;
  verdict: 'approved' | 'changes-requested' | 'dismissed';
  /** The commit that was reviewed. */
  commit: string;
  at: string;
}

/** The git host that the remote of this repository is on. Every call may throw a Fault of kind environment. */
export interface Forge {
  /** Host and repository, for people. */
  readonly name: string;
  pullRequest(number: number): Promise<PullRequest>;
  /** Numbers of the pull requests that a commit belongs to, merged ones included. */
  pullRequestsOf(commit: string): Promise<number[]>;
  /** The latest verdict of each account. */
  reviews(number: number): Promise<ForgeReview[]>;
  /** Whether a branch is protected; undefined when this account may not know. */
  isProtected(branch: string): Promise<boolean | undefined>;
}

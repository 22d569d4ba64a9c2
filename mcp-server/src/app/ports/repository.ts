export interface Identity {
  name: string;
  email?: string;
}

/** What the git repository says. */
export interface Repository {
  /** user.name and user.email as git resolves them; undefined when git knows no name. */
  identity(): Promise<Identity | undefined>;
  /** Name of the branch, undefined when HEAD is detached. */
  branch(): string | undefined;
  head(): Promise<string | undefined>;
  /** The latest commits that touched a file, or one line of it (counted from 1); newest first, empty without history. */
  commits(path: string, line?: number): Promise<Commit[]>;
}

export interface Commit {
  hash: string;
  author: string;
  /** RFC 3339. */
  at: string;
  subject: string;
}

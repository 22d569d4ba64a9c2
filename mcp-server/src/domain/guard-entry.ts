import type { Policy } from './policy/policy.ts';

/**
 * What the hook needs to know of a delivery, compiled so that it never reads a ledger. It holds as long as the stat keys
 * of what it was compiled from are the same; otherwise the hook asks for a new one.
 */
export interface GuardEntry {
  /** `<path>`: `<mtime in ms>:<size>`, or `-` for a path that is not there. Relative to the project. */
  keys: Record<string, string>;
  /** Whether files outside `deliveries/` may be written: the design is approved as it is now. */
  buildOpen: boolean;
  finished: boolean;
  /** Why not, and what to do; for the denial. */
  why: string;
  next: string;
  /** Milliseconds since the epoch until which broken glass lets the delivery's writes and effects pass. */
  breakGlassUntil?: number;
  /** Patterns of the paths that its components own. */
  paths: string[];
  /** Patterns of the paths of components whose tasks are started: where a builder may write. */
  started: string[];
  /** File names of artifacts that are approved as they are now. */
  approved: string[];
  /**
   * The open change. `admits` are the patterns that may be written outside `deliveries/` while it is applied; empty until
   * its plan is approved. The specification may be edited. Null while no change is open.
   */
  change: { n: number; admits: string[] } | null;
}

/** Whether somebody broke the delivery's glass and it is still open. @param now milliseconds since the epoch */
export const glassIsBroken = ({ breakGlassUntil }: Pick<GuardEntry, 'breakGlassUntil'>, now: number): boolean =>
  breakGlassUntil !== undefined && now < breakGlassUntil;

/** The policy's part that concerns the guard. */
export interface GuardPolicy extends Readonly<Policy['guard']> {
  /** Stat key of the policy file. */
  readonly key: string;
}

/** What a delivery owns, for one look at each of hundreds: as its entry says while `design` is the stat key of its design. */
export interface Owner {
  design: string;
  paths: string[];
}

/** What every call needs, in one small file; entries lie in a file each, because few calls need more than one. */
export interface GuardIndex {
  v: 5;
  policy?: GuardPolicy;
  owners: Record<string, Owner>;
}

/** What holds without a policy file, and while one cannot be read. */
export const defaultGuard = (key: string): GuardPolicy => ({ key, mode: 'strict', sandboxes: [], people: [] });

export const designOf = (id: string) => `deliveries/${id}/design.md`;

/** The files and folders a delivery's entry depends on. */
export function guardSources(id: string): string[] {
  const folder = `deliveries/${id}`;
  return [
    'countersign.yaml',
    `${folder}/ledger`,
    ...['requirements.md', 'feasibility.md', 'design.md'].map((name) => `${folder}/${name}`),
  ];
}

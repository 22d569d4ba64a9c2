import type { GuardEntry, GuardPolicy } from '../../domain/guard-entry.ts';

/** The compiled index that the hook reads. */
export interface Guard {
  /** The stat key of each path as it is now. */
  keys(paths: readonly string[]): Record<string, string>;
  /** Those of the deliveries whose entry is missing, or whose sources moved since it was compiled. */
  stale(ids: readonly string[]): string[];
  /** Whether there is a policy that the index does not hold as it is now. */
  policyMoved(): boolean;
  /** Entries by delivery. */
  store(entries: Readonly<Record<string, GuardEntry>>): void;
  storePolicy(policy: GuardPolicy): void;
}

/** A write by an agent's tool that the guard let pass. */
export interface SeenWrite {
  /** Name of the subagent, and the model of its session; empty where unknown. */
  agent: string;
  model: string;
}

export interface SeenWrites {
  /** The last write to each of these paths; those that nobody saw are left out. */
  last(paths: readonly string[]): Map<string, SeenWrite>;
  /** Paths that sessions on a delivery wrote, as far as they are still as they were written. */
  under(delivery: string): string[];
}

import { canonical, type Json } from '../canonical.ts';
import type { PlatformFact } from './snapshot.ts';

/** What moved between two snapshots, by fact id, sorted. */
export interface SnapshotDiff {
  appeared: PlatformFact[];
  gone: PlatformFact[];
  changed: { before: PlatformFact; after: PlatformFact }[];
}

/** Compares facts; what only one of two looks asked about counts as appeared or gone. */
export function diffSnapshots(before: readonly PlatformFact[], after: readonly PlatformFact[]): SnapshotDiff {
  const old = new Map(before.map((fact) => [fact.id, fact]));
  const now = new Map(after.map((fact) => [fact.id, fact]));
  const bytes = (fact: PlatformFact) => canonical(fact as unknown as Json);
  const ids = (facts: Iterable<string>) => [...facts].sort();
  return {
    appeared: ids(now.keys()).flatMap((id) => (old.has(id) ? [] : [now.get(id)!])),
    gone: ids(old.keys()).flatMap((id) => (now.has(id) ? [] : [old.get(id)!])),
    changed: ids(now.keys()).flatMap((id) => {
      const [was, is] = [old.get(id), now.get(id)!];
      return was === undefined || bytes(was) === bytes(is) ? [] : [{ before: was, after: is }];
    }),
  };
}

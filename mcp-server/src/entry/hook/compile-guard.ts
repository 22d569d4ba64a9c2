import { guardEntry, guardPolicy } from '../../app/guard-index.ts';
import { tryLoad } from '../../app/load.ts';
import type { Ports } from '../../app/ports.ts';
import { type GuardEntry, guardSources } from '../../domain/guard-entry.ts';
import { faultText, faultView } from '../respond.ts';

export { guardPolicy };

/** Guard entries compiled anew. A broken delivery is closed; one that is not there has none. */
export function compileEntries(ports: Ports, ids: readonly string[]): Record<string, GuardEntry> {
  const all = new Set(ports.deliveries.list());
  const entries = Object.fromEntries(ids.filter((id) => all.has(id)).map((id) => [id, compileOne(ports, id)]));
  ports.guard.store(entries);
  return entries;
}

function compileOne(ports: Ports, id: string): GuardEntry {
  // Taken before reading: a change in between moves one, and the entry then counts for nothing.
  const keys = ports.guard.keys(guardSources(id));
  const closed = {
    keys,
    buildOpen: false,
    finished: false,
    next: 'countersign verify',
    paths: [],
    started: [],
    approved: [],
    change: null,
  };
  try {
    const loaded = tryLoad(ports, id);
    return 'problems' in loaded ? { ...closed, why: 'its ledger does not hold together' } : guardEntry(loaded, keys);
  } catch (error) {
    return { ...closed, why: faultText(faultView(error)) };
  }
}

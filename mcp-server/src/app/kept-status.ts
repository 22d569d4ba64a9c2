import { sha256 } from '../domain/hash.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import type { Judged } from './delivery-status.ts';
import type { Place } from './place.ts';
import type { KeptStatus } from './ports/kept.ts';
import type { Ports } from './ports.ts';

/** A change of files this close to when they were read may have been missed by it: clocks of file systems are coarse. */
const COARSE_MS = 2000;

/**
 * Where deliveries stand, looked at anew only where a file moved, an event was seen that is not there, or time changes it.
 * What is kept proves nothing: no decision and no verdict of `verify` reads it.
 *
 * @param version says which program judged; another version shares nothing
 */
export async function placesOf(ports: Ports, ids: readonly string[], version: string): Promise<Place[]> {
  const branch = ports.repository.branch();
  const key = commonKey(ports, version, branch);
  const kept = ports.statuses.read(key);
  const now = ports.now().getTime();
  const isTimely = ({ from, until }: KeptStatus) => from <= now && (until === null || now < until);
  const known = new Map(
    ids.flatMap((id) => (Object.hasOwn(kept, id) && isTimely(kept[id]!) ? [[id, kept[id]!] as const] : [])),
  );
  const stamps = ports.stamps.of(new Map([...known].map(([id, { sources }]) => [id, sources])));
  const holds = (id: string, one: KeptStatus) =>
    stamps.get(id)?.key === one.key &&
    (branch === undefined || ports.seen.get(one.first, branch).join() === one.heads.join());
  const places = new Map([...known].flatMap(([id, one]) => (holds(id, one) ? [[id, one.place] as const] : [])));
  const moved = ids.filter((id) => !places.has(id));
  if (moved.length > 0) {
    // Only now: reading a delivery takes its schemas and the Markdown parser.
    const { judgeDelivery } = await import('./delivery-status.ts');
    const judged = new Map(moved.map((id) => [id, judgeDelivery(ports, id)] as const));
    for (const [id, { place }] of judged) places.set(id, place);
    ports.statuses.write(key, { ...stillThere(ports, kept), ...keepable(ports, judged) });
  }
  return ids.map((id) => places.get(id)!);
}

/** What every delivery's place follows from, beside its own files. */
function commonKey(ports: Ports, version: string, branch: string | undefined): string {
  const all = [version, branch, ports.files.read(POLICY_FILE), ports.trust.pinned(), ports.trust.revokedFile()];
  return sha256(JSON.stringify(all.map((one) => one ?? null)));
}

function stillThere(ports: Ports, kept: Readonly<Record<string, KeptStatus>>): Record<string, KeptStatus> {
  const there = new Set(ports.deliveries.list());
  return Object.fromEntries(Object.entries(kept).filter(([id]) => there.has(id)));
}

/** Files are stamped after they were read, so only what is still as it was read, and has been for a while, may be kept. */
function keepable(ports: Ports, judged: ReadonlyMap<string, Judged>): Record<string, KeptStatus> {
  const wanted = [...judged].flatMap(([id, { place, keep }]) => (keep === undefined ? [] : [{ id, place, keep }]));
  const stamps = ports.stamps.of(new Map(wanted.map(({ id, keep }) => [id, keep.sources])));
  const entries = wanted.flatMap(({ id, place, keep: { present, ...rest } }) => {
    const stamp = stamps.get(id);
    const same = stamp !== undefined && [...stamp.present].sort().join('\n') === [...present].sort().join('\n');
    return same && stamp.moved < rest.from - COARSE_MS ? [[id, { ...rest, key: stamp.key, place }] as const] : [];
  });
  return Object.fromEntries(entries);
}

import { canonical } from '../canonical.ts';
import type { Frozen } from '../decision/subject.ts';
import { contentHash, sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';

/** Hash of what a scan is about: the owned files with their content, and the design that they are compared with. */
export function scanInputs(workspace: { files: readonly Frozen[] }, design: string): string {
  const files = Object.fromEntries(workspace.files.map((file) => [file.path, file.sha256]));
  return sha256(canonical({ design: contentHash(design), files }));
}

type Scan = Recorded<'scanned'>;

const scansOf = (ledger: Ledger, inputs: string) =>
  eventsOf(ledger, 'scanned').filter((event) => event.body.inputs === inputs);

/** The last scan of exactly this; undefined where nothing looked at it yet. */
export const scanOf = (ledger: Ledger, inputs: string): Scan | undefined => scansOf(ledger, inputs).at(-1);

/**
 * The scan that a Build is about: the last one, or once the Build was submitted the one that was submitted with it, until
 * another finds more. Other programs or versions on another machine that find no more reopen nothing; after one that
 * did, a later one that finds less takes nothing back.
 *
 * @param submitted the last submission of a Build
 * @param isIts whether a manifest with this scan is the one that was submitted
 */
export function standingScan(
  ledger: Ledger,
  inputs: string,
  submitted: Recorded<'submitted'> | undefined,
  isIts: (scan: Scan | undefined) => boolean,
): Scan | undefined {
  const scans = scansOf(ledger, inputs);
  if (submitted === undefined || scans.length === 0) return scans.at(-1);
  const its = [...scans.toReversed(), undefined].filter(isIts);
  if (its.length === 0) return scans.at(-1);
  const later = scans.filter((scan) => !ledger.graph.precedes(scan.id, submitted.id));
  return later.findLast((scan) => findsMore(scan, its[0])) ?? its[0];
}

function findsMore({ body }: Scan, before: Scan | undefined): boolean {
  const known = new Set(before?.body.differences);
  const { errors = 0, warnings = 0 } = before?.body ?? {};
  return body.errors > errors || body.warnings > warnings || body.differences.some((key) => !known.has(key));
}

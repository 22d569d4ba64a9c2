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

/** The last scan of exactly this; undefined where nothing looked at it yet. */
export function scanOf(ledger: Ledger, inputs: string): Recorded<'scanned'> | undefined {
  return eventsOf(ledger, 'scanned').findLast((event) => event.body.inputs === inputs);
}

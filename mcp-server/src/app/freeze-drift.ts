import type { Frozen } from '../domain/decision/subject.ts';
import { DRIFT_FILE, driftText } from '../domain/drift/drift.ts';
import { inputFault } from '../domain/fault.ts';
import { contentHash, normaliseText } from '../domain/hash.ts';
import type { Loaded } from './load.ts';
import type { Ports } from './ports.ts';
import { openDrift } from './recorded.ts';

/** Texts above this are named by their hash alone. */
const MAX_TEXT = 256 * 1024;

/**
 * Stores what a decision on drift is about: which files moved from which content to which, why, and their texts as they are.
 *
 * @throws Fault `no-drift`, `no-reason`
 */
export function freezeDrift(ports: Ports, loaded: Loaded, reason: string): Frozen[] {
  const { id } = loaded.read;
  const files = openDrift(ports, loaded);
  if (files.length === 0)
    throw inputFault({
      code: 'no-drift',
      message: `no file of ${id} moved since its record was approved`,
      expected: 'a finished delivery whose files were edited afterwards: countersign verify names them',
    });
  if (reason.trim() === '' || reason.length > 4000)
    throw inputFault({ code: 'no-reason', message: 'drift is accepted for a reason', expected: '--reason TEXT' });
  const drift = driftText({ schema: 'countersign/drift@1', reason, files });
  const texts = files.flatMap(({ path, present }): Frozen[] => {
    const text = present === null ? undefined : ports.files.read(path);
    // What is no text, or is long, is named by the hash that drift.json has of it.
    if (text === undefined || text.length > MAX_TEXT || contentHash(text) !== present) return [];
    return [{ path, sha256: ports.deliveries.storeEvidence(id, normaliseText(text), 'txt') }];
  });
  return [{ path: DRIFT_FILE, sha256: ports.deliveries.storeEvidence(id, drift, 'json') }, ...texts];
}

import { type Accepted, acceptedBy, acceptedDrift } from '../../domain/drift/accepted.ts';
import { driftDemand } from '../../domain/drift/demand.ts';
import { ABOUT_FILES, type Moved } from '../../domain/drift/record.ts';
import { requirementsAt, weighDrift } from '../../domain/drift/severity.ts';
import type { Finding } from '../../domain/finding.ts';
import { movedFinding } from '../../domain/verify/owned-content.ts';
import type { Loaded } from '../load.ts';
import type { Ports } from '../ports.ts';
import { evidenceText, unlikeBuild } from '../recorded.ts';

/** A file that is not as recorded, judged. */
export interface FileDrift extends Moved {
  requirements: string[];
  /** The decision that accepts exactly this. */
  accepted: Accepted | undefined;
  finding: Finding;
}

/**
 * Owned files that are not those of the approved Build; null before any was approved. Once the delivery is finished, the
 * requirements say how bad it is, and what a person accepted is only told.
 */
export function fileDrift(ports: Ports, loaded: Loaded): FileDrift[] | null {
  const { read, state } = loaded;
  const unlike = unlikeBuild(ports, loaded);
  if (unlike === null || unlike.moved.length === 0) return unlike === null ? null : [];
  const { moved, finished } = unlike;
  const given = { demand: driftDemand(read, state, ABOUT_FILES), now: read.now };
  const all = acceptedDrift(read.ledger, ABOUT_FILES, (sha256) => evidenceText(ports, read.id, sha256), given);
  // Text that a change is still editing says nothing yet.
  const said = state.change === null || state.change.ready ? state.requirements : undefined;
  return moved.map((one): FileDrift => {
    const finding = movedFinding(read.id, one, finished);
    const { severity, requirements } = weighDrift(said, requirementsAt(state.design, one.path));
    if (!finished) return { ...one, requirements, accepted: undefined, finding };
    const accepted = all.find(({ record }) =>
      record.files.some((file) => file.path === one.path && file.was === one.was && file.now === one.now),
    );
    if (accepted === undefined) return { ...one, requirements, accepted, finding: { ...finding, severity } };
    const message = `${finding.message}; ${acceptedBy(accepted)}`;
    return { ...one, requirements, accepted, finding: { ...finding, severity: 'info', message, fix: 'nothing to do' } };
  });
}

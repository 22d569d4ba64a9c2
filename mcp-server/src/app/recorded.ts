import { isElsewhere } from '../domain/build/paths.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import { subjectDemandNow } from '../domain/delivery.ts';
import { DRIFT_SUBJECT, type Drift, driftedFiles, withAccepted } from '../domain/drift/drift.ts';
import { driftSeverities } from '../domain/drift/severity.ts';
import type { Finding } from '../domain/finding.ts';
import { approvedBuild } from '../domain/verify/approved-build.ts';
import { recordedFiles, recordedSince, unlikeRecorded } from '../domain/verify/owned-content.ts';
import type { Loaded } from './load.ts';
import type { Ports } from './ports.ts';

interface Compared {
  recorded: Frozen[];
  present: Frozen[];
  finished: boolean;
}

/** What is recorded of the owned files and what is there; null before any Build was approved. */
function compared(ports: Ports, { read, state }: Loaded): Compared | null | undefined {
  const build = approvedBuild(read, state);
  if (build === null) return null;
  const filesOf = (sha256: string) => {
    const text = evidenceText(ports, read.id, sha256);
    return text === undefined ? undefined : recordedFiles(text);
  };
  const built = filesOf(build.manifest);
  if (built === undefined) return undefined;
  const applied = build.applied.flatMap(({ manifest, paths }) => {
    const files = filesOf(manifest);
    return files === undefined ? [] : [{ files, paths }];
  });
  const recorded = recordedSince(built, applied).filter((file) => !isElsewhere(file.path));
  // The record counts, also where the design no longer names a path.
  const present = [...ports.files.existing(recorded.map((file) => file.path)), ...read.workspace.files];
  return { recorded, present, finished: build.finished };
}

/**
 * How the owned files differ from the last approved Build and what changes recorded since; null before any was approved.
 * What people accepted as drift is still another content than the one that was built.
 */
export function unlikeBuild(ports: Ports, loaded: Loaded): Finding[] | null {
  const known = compared(ports, loaded);
  if (known === null) return null;
  return known === undefined ? [] : unlikeRecorded(loaded.read.id, known.recorded, known.present, known.finished);
}

/** The same without drift that people accepted; drift is as bad as the requirements say that it touches. */
export function unacceptedDrift(ports: Ports, loaded: Loaded): Finding[] | null {
  const known = withDecisions(ports, loaded);
  if (known === null) return null;
  if (known === undefined) return [];
  const findings = unlikeRecorded(loaded.read.id, known.recorded, known.present, known.finished);
  if (!known.finished) return findings;
  const { design, requirements } = loaded.state;
  const severity = driftSeverities(
    design,
    requirements,
    findings.map((one) => one.path),
  );
  return findings.map((one) => ({ ...one, severity: severity(one.path) }));
}

/** Files of a finished delivery that moved by hand and that nobody accepted. */
export function openDrift(ports: Ports, loaded: Loaded): Drift['files'] {
  const known = withDecisions(ports, loaded);
  return known?.finished === true ? driftedFiles(known.recorded, known.present) : [];
}

function withDecisions(ports: Ports, loaded: Loaded): Compared | null | undefined {
  const known = compared(ports, loaded);
  if (known === null || known === undefined) return known;
  const { read, state } = loaded;
  const demand = subjectDemandNow(read, DRIFT_SUBJECT, state.settled);
  const accepted = withAccepted(known.recorded, read.ledger, demand, (sha256) => evidenceText(ports, read.id, sha256));
  // What was built stays right, too: a file that is taken back is no drift from what was accepted.
  const built = new Map(known.recorded.map((file) => [file.path, file]));
  const now = new Map(known.present.map((file) => [file.path, file.sha256]));
  const back = (path: string) => built.has(path) && built.get(path)!.sha256 === now.get(path);
  const recorded = [
    ...accepted.filter((file) => !back(file.path)),
    ...known.recorded.filter((file) => back(file.path)),
  ].filter((file) => built.has(file.path) || now.has(file.path));
  return { ...known, recorded };
}

/** Evidence as text; what was changed or is gone is a fault of its own. */
export function evidenceText(ports: Ports, id: string, sha256: string): string | undefined {
  try {
    return ports.deliveries.evidence(id, sha256);
  } catch {
    return undefined;
  }
}

import { isElsewhere } from '../domain/build/paths.ts';
import type { Moved } from '../domain/drift/record.ts';
import { approvedBuild } from '../domain/verify/approved-build.ts';
import { recordedFiles, recordedSince, unlikeRecorded } from '../domain/verify/owned-content.ts';
import type { Loaded } from './load.ts';
import type { Ports } from './ports.ts';

/** How the owned files differ from the last approved Build and what changes recorded since; null before any was approved. */
export function unlikeBuild(ports: Ports, { read, state }: Loaded): { moved: Moved[]; finished: boolean } | null {
  const build = approvedBuild(read, state);
  if (build === null) return null;
  const filesOf = (sha256: string) => {
    const text = evidenceText(ports, read.id, sha256);
    return text === undefined ? undefined : recordedFiles(text);
  };
  const built = filesOf(build.manifest);
  if (built === undefined) return { moved: [], finished: build.finished };
  const applied = build.applied.flatMap(({ manifest, paths }) => {
    const files = filesOf(manifest);
    return files === undefined ? [] : [{ files, paths }];
  });
  const recorded = recordedSince(built, applied).filter((file) => !isElsewhere(file.path));
  // The record counts, also where the design no longer names a path.
  const present = [...ports.files.existing(recorded.map((file) => file.path)), ...read.workspace.files];
  return { moved: unlikeRecorded(recorded, present), finished: build.finished };
}

/** Evidence as text; what was changed or is gone is a fault of its own. */
export function evidenceText(ports: Ports, id: string, sha256: string): string | undefined {
  try {
    return ports.deliveries.evidence(id, sha256);
  } catch {
    return undefined;
  }
}

import { isElsewhere, matchesPattern } from '../build/paths.ts';
import type { Frozen } from '../decision/subject.ts';
import { type DeliveryState, designApproved } from '../delivery.ts';
import type { Moved } from '../drift/record.ts';
import type { Finding } from '../finding.ts';
import { found } from './rules.ts';

/** The files that a manifest covers. */
export function recordedFiles(manifest: string): Frozen[] {
  const { components } = JSON.parse(manifest) as { components: { files: Frozen[] }[] };
  return components.flatMap((one) => one.files);
}

/** What is recorded after changes were applied: a change moves files at the paths of its plan, and no others. */
export function recordedSince(
  built: readonly Frozen[],
  applied: readonly { files: readonly Frozen[]; paths: readonly string[] }[],
): Frozen[] {
  return applied.reduce<Frozen[]>(
    (recorded, { files, paths }) => {
      const planned = ({ path }: Frozen) => paths.some((pattern) => matchesPattern(pattern, path));
      return [...recorded.filter((file) => !planned(file)), ...files.filter(planned)];
    },
    [...built],
  );
}

/**
 * Owned files that are not what the approved Build says. Content alone decides: a rebase or a squash changes nothing.
 *
 * @param recorded what the manifest covers
 * @param present those files, and all others at the components' paths, as they are now
 */
export function unlikeRecorded(recorded: readonly Frozen[], present: readonly Frozen[]): Moved[] {
  const before = new Map(recorded.map((file) => [file.path, file.sha256]));
  const now = new Map(present.map((file) => [file.path, file.sha256]));
  const moved = [...before]
    .filter(([path, sha256]) => now.get(path) !== sha256)
    .map(([path, was]): Moved => ({ path, was, now: now.get(path) ?? null }));
  const added = [...now]
    .filter(([path]) => !before.has(path))
    .map(([path, sha256]): Moved => ({ path, was: null, now: sha256 }));
  return [...moved, ...added];
}

/** @param finished whether the record as built was approved: from then on a difference is drift */
export function movedFinding(delivery: string, { path, was, now }: Moved, finished: boolean): Finding {
  const rule = finished ? 'drift' : 'ungated';
  const fix = finished
    ? `bring the file back, have the change recorded: /spec-change ${delivery}, or have it accepted: countersign drift ${delivery} accept`
    : `bring the file back, or submit build of ${delivery} again`;
  if (was === null) return found(rule, path, `in a path of ${delivery} and not in its record`, fix);
  const what = now === null ? `recorded by ${delivery} and gone` : `changed since ${delivery} recorded it`;
  return found(rule, path, what, fix);
}

/**
 * Owned files that moved although no Build was ever approved: what the trusted ref holds is the baseline, so an adopted
 * repository starts as it is.
 *
 * @param changed paths whose content is not that of the trusted ref
 * @param strict whether unapproved work in progress is an error too
 */
export function unlikeBaseline(state: DeliveryState, changed: readonly string[], strict: boolean): Finding[] {
  const patterns = (state.design?.components ?? [])
    .filter((component) => component.action !== 'skip')
    .flatMap((component) => component.paths)
    .filter((pattern) => !isElsewhere(pattern));
  const owned = changed.filter(
    (path) => !path.startsWith('deliveries/') && patterns.some((pattern) => matchesPattern(pattern, path)),
  );
  return owned.map((path) =>
    designApproved(state)
      ? found(
          'unapproved-build',
          path,
          `changed for ${state.id}, and no approved Build covers it yet`,
          `submit build of ${state.id}`,
          strict ? 'error' : 'warning',
        )
      : found(
          'ungated',
          path,
          `in a path of ${state.id}, and changed although its design is not approved`,
          `bring the file back, or have the design of ${state.id} approved first`,
        ),
  );
}

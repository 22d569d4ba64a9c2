import { MANIFEST } from '../build/manifest.ts';
import type { Cycle } from '../change/cycles.ts';
import type { Frozen } from '../decision/subject.ts';
import { verdictOf } from '../decision/verdict.ts';
import { deltaOf, type UnitChange } from '../delta/delta.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { recordedFiles } from '../verify/owned-content.ts';
import type { EvidenceText } from './evidence.ts';

/** One artifact between two approvals of one subject. */
export interface ArtifactChange {
  path: string;
  /** By meaning, for Markdown; empty where only its form changed. */
  units: UnitChange[];
  /** For the manifest of a build: files by what became of them. */
  files: { path: string; change: 'ADDED' | 'MODIFIED' | 'REMOVED' }[];
  /** Why nothing can be shown; empty where it can. */
  missing: string;
}

/** What changed between one approval of a subject and the next, or by an approved change. */
export interface ApprovedChange {
  about: string;
  /** Null for a change: it starts from what was approved, whatever subject that was. */
  from: { round: number; digest: string; at: string } | null;
  to: { round: number; digest: string; at: string };
  artifacts: ArtifactChange[];
}

/** The differences between successive approved submissions of each subject, then those of each approved change. */
export function approvedChanges(ledger: Ledger, cycles: readonly Cycle[], text: EvidenceText): ApprovedChange[] {
  return [...betweenRounds(ledger, text), ...ofCycles(cycles, text)];
}

function ofCycles(cycles: readonly Cycle[], text: EvidenceText): ApprovedChange[] {
  return cycles.flatMap(({ base, plan, submission, approvals }): ApprovedChange[] => {
    if (plan === undefined || submission === undefined || approvals.length === 0) return [];
    const artifacts = between(base, plan.body.result, text);
    return [{ about: submission.body.subject.about, from: null, to: place(submission), artifacts }];
  });
}

function betweenRounds(ledger: Ledger, text: EvidenceText): ApprovedChange[] {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const wasApproved = (event: Recorded<'submitted'>) => {
    const { is } = verdictOf(ledger.graph, decisions.get(event.body.digest) ?? []);
    return is === 'approved' || is === 'revoked';
  };
  const approved = groupBy(eventsOf(ledger, 'submitted').filter(wasApproved), (event) => event.body.subject.about);
  return [...approved.values()].flatMap((all) =>
    all.slice(1).flatMap((now, at): ApprovedChange[] => {
      const before = all[at]!;
      if (before.body.digest === now.body.digest) return [];
      return [
        {
          about: now.body.subject.about,
          from: place(before),
          to: place(now),
          artifacts: between(before.body.subject.artifacts, now.body.subject.artifacts, text),
        },
      ];
    }),
  );
}

const place = (event: Recorded<'submitted'>) => ({
  round: event.body.subject.round,
  digest: event.body.digest,
  at: event.at,
});

function between(old: readonly Frozen[], now: readonly Frozen[], text: EvidenceText): ArtifactChange[] {
  const before = new Map(old.map((one) => [one.path, one.sha256]));
  const after = new Map(now.map((one) => [one.path, one.sha256]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path): ArtifactChange[] => {
    const [left, right] = [before.get(path), after.get(path)];
    if (left === right) return [];
    const [was, is] = [left, right].map((sha256) => (sha256 === undefined ? '' : text(sha256)));
    if (was === undefined || is === undefined)
      return [{ path, units: [], files: [], missing: 'the frozen text is not in the evidence' }];
    if (path === MANIFEST) return [{ path, units: [], files: filesBetween(was, is), missing: '' }];
    return [{ path, units: deltaOf(was, is), files: [], missing: '' }];
  });
}

function filesBetween(was: string, is: string): ArtifactChange['files'] {
  const [before, after] = [was, is].map((manifest) => new Map(filesIn(manifest).map((one) => [one.path, one.sha256])));
  return [...new Set([...before!.keys(), ...after!.keys()])].sort().flatMap((path) => {
    const [left, right] = [before!.get(path), after!.get(path)];
    if (left === right) return [];
    return [{ path, change: left === undefined ? 'ADDED' : right === undefined ? 'REMOVED' : 'MODIFIED' } as const];
  });
}

/** Frozen evidence that is no manifest has no files. */
function filesIn(manifest: string) {
  try {
    return recordedFiles(manifest);
  } catch {
    return [];
  }
}

import { inferredStatements } from '../domain/artifact/inferred.ts';
import { MANIFEST } from '../domain/build/manifest.ts';
import { aboutOf, standsAlone } from '../domain/decision/about.ts';
import { type Comment, commentsOf } from '../domain/decision/comments.ts';
import { type Frozen, short } from '../domain/decision/subject.ts';
import { verdictOf } from '../domain/decision/verdict.ts';
import { gatesBefore } from '../domain/delivery.ts';
import { deltaOf, type UnitChange } from '../domain/delta/delta.ts';
import { type Approval, aboutStage, type GateState } from '../domain/gate/gate.ts';
import type { Recorded } from '../domain/ledger/event.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { STAGE } from '../domain/stage.ts';
import type { Answer } from './answer.ts';
import { buildNotes } from './build-notes.ts';
import { type Loaded, load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';
import { checkStage } from './submit.ts';

/** One piece of what is decided about, with what was approved before. */
export interface ReviewPiece {
  path: string;
  sha256: string;
  /** The frozen bytes: exactly what the digest covers. */
  text: string;
  /** The last approved text of the same piece; null the first time. */
  approved: string | null;
  /** What that changes in meaning: by id, sentence and table row; null where nothing was approved before. */
  changes: UnitChange[] | null;
}

export interface Review {
  delivery: string;
  /** The gate, or for other subjects how the decision on them stands. */
  gate: Pick<GateState, 'about' | 'state' | 'reasons' | 'digest'>;
  digest: string | null;
  /** Heads of the ledger as shown; a decision names them. */
  seen: string[];
  pieces: ReviewPiece[];
  /** Statements that a tool or an agent concluded; approving confirms them. */
  inferred: { path: string; line: number; text: string }[];
  upstream: { about: string; state: string; digest: string | null; levels: string[] }[];
  /** Decisions for it that count so far, with the level each is worth. */
  approvals: Approval[];
  /** What a person should know of the Build beside its manifest, a line each; texts of files and programs are in it. */
  notes: string[];
  /** Remarks of reviewers on it since it was last approved, with their answers. */
  comments: Comment[];
}

/** What a decision on a gate is about: the frozen bytes of its open submission, or what is there if none is open. */
export function review(ports: Ports, id: string, subject: string): Answer<Review> {
  const about = aboutOf(subject);
  const other = standsAlone(about) || /^(?:change|deploy|drift|check):/.test(about);
  return other ? reviewSetting(ports, id, about) : reviewStage(ports, id, subject);
}

/** What a decision on track, risk, policy, broken glass, a change, a deploy, drift or a check is about. */
function reviewSetting(ports: Ports, id: string, about: string): Answer<Review> {
  const loaded = load(ports, id);
  const { ledger } = loaded.read;
  const submission = eventsOf(ledger, 'submitted').findLast((event) => event.body.subject.about === about);
  const digest = submission?.body.digest ?? null;
  const decisions = eventsOf(ledger, 'decided').filter((one) => one.body.statement.subject === digest);
  const verdict = verdictOf(ledger.graph, decisions).is;
  const state = verdict === 'approved' ? 'open' : 'blocked';
  const reasons: GateState['reasons'] =
    verdict === 'approved' ? [] : [{ code: 'undecided', text: `${about} is ${verdict}` }];
  const said =
    digest === null ? `${about} of ${id} has not been submitted.` : `${about} of ${id}, digest ${short(digest)}.`;
  return {
    said,
    blocks: reasons.map((reason) => reason.text),
    next: digest === null ? nextFor(id, about) : '',
    data: {
      delivery: id,
      gate: { about, state, reasons, digest },
      digest,
      seen: [...ledger.graph.heads],
      pieces: submission === undefined ? [] : frozen(ports, loaded, submission),
      inferred: [],
      upstream: [],
      approvals: [],
      notes: [],
      comments: [],
    },
  };
}

const nextFor = (id: string, about: string) =>
  about.startsWith('deploy:')
    ? `countersign deploy ${id} ${about.slice('deploy:'.length)} plan`
    : `countersign submit ${id} ${about}`;

function reviewStage(ports: Ports, id: string, stageName: string): Answer<Review> {
  const stage = checkStage(stageName);
  const loaded = load(ports, id);
  const { gate, before } = gatesBefore(loaded.state, stage);
  const submission = eventsOf(loaded.read.ledger, 'submitted').find((event) => event.body.digest === gate.digest);
  const pieces = submission === undefined ? present(loaded, gate) : frozen(ports, loaded, submission);
  const inferred = pieces.flatMap((piece) =>
    piece.path.endsWith('.md') ? inferredStatements(piece.text).map((one) => ({ path: piece.path, ...one })) : [],
  );
  return {
    said:
      submission === undefined
        ? `${gate.about} of ${id} has not been submitted.`
        : `${gate.about} of ${id}, digest ${short(gate.digest!)}.`,
    blocks: gate.reasons.map((reason) => reason.text),
    next: nextStep(loaded),
    data: {
      delivery: id,
      gate,
      digest: gate.digest,
      seen: [...loaded.read.ledger.graph.heads],
      pieces,
      inferred,
      upstream: before.map((one) => ({
        about: one.about,
        state: one.state,
        digest: one.digest,
        levels: one.approvals.map((approval) => approval.level),
      })),
      approvals: gate.approvals,
      notes: gate.covers.includes('build') ? buildNotes(ports, loaded) : [],
      comments: commentsSince(loaded, gate),
    },
  };
}

/** The comments on what a gate decides; those that an approval has seen are history. */
function commentsSince({ read }: Loaded, gate: GateState): Comment[] {
  const { graph } = read.ledger;
  const approvals = eventsOf(read.ledger, 'decided').filter((one) => one.body.statement.decision === 'approve');
  const aboutOf = new Map(eventsOf(read.ledger, 'submitted').map(({ body }) => [body.digest, body.subject.about]));
  const here = approvals.filter((one) => aboutOf.get(one.body.statement.subject) === gate.about);
  const subjects = new Set(gate.covers.map(aboutStage));
  return commentsOf(read.ledger).filter(
    (one) => subjects.has(one.about) && !here.some((approval) => graph.precedes(one.id, approval.id)),
  );
}

function frozen(ports: Ports, { read, state }: Loaded, submission: Recorded<'submitted'>): ReviewPiece[] {
  const approved = lastApproved(read.ledger, submission);
  // A change is shown beside the texts that it starts from.
  const base =
    state.cycles.find((one) => one.submission?.id === submission.id)?.base ?? approved?.body.subject.artifacts;
  return submission.body.subject.artifacts.map(({ path, sha256 }) => {
    const text = ports.deliveries.evidence(read.id, sha256) ?? '';
    return withChanges({ path, sha256, text, approved: approvedText(ports, read.id, base, path) });
  });
}

function withChanges(piece: Omit<ReviewPiece, 'changes'>): ReviewPiece {
  const { path, approved, text } = piece;
  return { ...piece, changes: approved === null || !path.endsWith('.md') ? null : deltaOf(approved, text) };
}

function approvedText(ports: Ports, id: string, approved: readonly Frozen[] | undefined, path: string): string | null {
  const before = approved?.find((one) => one.path === path);
  return before === undefined ? null : (ports.deliveries.evidence(id, before.sha256) ?? null);
}

/** The latest other submission of the same subject that was approved at some time. */
function lastApproved(
  ledger: Loaded['read']['ledger'],
  submission: Recorded<'submitted'>,
): Recorded<'submitted'> | undefined {
  return eventsOf(ledger, 'submitted').findLast((event) => {
    if (event.id === submission.id || event.body.subject.about !== submission.body.subject.about) return false;
    const decisions = eventsOf(ledger, 'decided').filter((one) => one.body.statement.subject === event.body.digest);
    const verdict = verdictOf(ledger.graph, decisions).is;
    return verdict === 'approved' || verdict === 'revoked';
  });
}

function present({ read, state }: Loaded, gate: GateState): ReviewPiece[] {
  return gate.covers.flatMap((stage) => {
    const { artifact } = STAGE[stage];
    if (artifact === null)
      return state.manifest.content === null
        ? []
        : [
            {
              path: MANIFEST,
              sha256: state.manifest.sha256!,
              text: state.manifest.content,
              approved: null,
              changes: null,
            },
          ];
    const text = read.artifacts[artifact];
    return text === undefined ? [] : [{ path: artifact, sha256: '', text, approved: null, changes: null }];
  });
}

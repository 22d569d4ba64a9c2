import { confirmBlocks } from '../domain/build/confirm-blocks.ts';
import { MANIFEST } from '../domain/build/manifest.ts';
import { commentText } from '../domain/decision/comment-text.ts';
import type { Comment } from '../domain/decision/comments.ts';
import { contentDigest, type Frozen, type Subject, short, subjectDigest } from '../domain/decision/subject.ts';
import { verdictOf } from '../domain/decision/verdict.ts';
import { approvedManifest, type DeliveryState, gatesBefore, retiredReason } from '../domain/delivery.ts';
import { deployLines } from '../domain/deploy/lines.ts';
import { inputFault } from '../domain/fault.ts';
import { aboutStage, nextRound } from '../domain/gate/gate.ts';
import { contentHash, normaliseText } from '../domain/hash.ts';
import type { Actor, Recorded } from '../domain/ledger/event.ts';
import { eventsOf, type Ledger } from '../domain/ledger/ledger.ts';
import { demandOf } from '../domain/policy/policy.ts';
import { scanBlocks } from '../domain/scan/blocks.ts';
import { type ArtifactName, gateOf, isStage, STAGE, STAGES, type Stage } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { computedFactsDiffer } from './as-built.ts';
import { openComments } from './comment.ts';
import { waitsForOthers } from './depends-on.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';
import { submitSetting } from './submit-setting.ts';
import type { Submitted } from './submitted.ts';
import { blockingFindings } from './validate.ts';

/**
 * Freezes what a gate is about and asks for a decision. What blocks is said and nothing is recorded; the same bytes in
 * an open round change nothing.
 *
 * @throws Fault `unknown-stage`
 */
export function submit(ports: Ports, id: string, stageName: string, actor: Actor): Answer<Submitted> {
  if (/^(?:track|risk|policy|break-glass|retire):/.test(stageName)) return submitSetting(ports, id, stageName, actor);
  const stage = checkStage(stageName);
  const loaded = load(ports, id);
  const { state } = loaded;
  const gate = gateOf(state.settled.track, stage);
  const about = aboutStage(gate.stage);
  const artifacts = gate.covers.flatMap((one) => STAGE[one].artifact ?? []);
  const findings = blockingFindings(ports, loaded, artifacts);
  const comments = openComments(loaded, gate);
  const change =
    state.change === null ? [] : [`change ${state.change.cycle.n} is open: it is decided and closed first`];
  const blocks = [
    ...(state.retired ? [retiredReason(state)] : []),
    ...change,
    ...whatBlocks(ports, loaded, gate.stage),
    ...findings.map((one) => `${one.path}:${one.line}: ${one.message}`),
    ...comments.map((one) => `not answered: ${commentText(one)}`),
  ];
  const data: Submitted = { delivery: id, about, digest: null, round: 0, findings };
  if (blocks.length > 0)
    return {
      said: `${about} was not submitted: it is not ready.`,
      blocks,
      next: firstStep(state, gate.stage, comments),
      data,
    };

  let result: { digest: string; round: number } | undefined;
  append(ports, id, (ledger) => {
    const now = load(ports, id);
    const frozen = freeze(ports, now, gate.covers);
    const upstream = gatesBefore(now.state, gate.stage).before.map((one) => one.content!);
    const content = { first: ledger.first.id, about, artifacts: frozen, upstream };
    const policy = demandOf(now.read.policy, gate, now.state.settled);
    const open = openRound(ledger, about, contentDigest(content));
    if (open !== undefined) {
      result = { digest: open.body.digest, round: open.body.subject.round };
      return undefined;
    }
    const subject: Subject = { v: 1, ...content, policy, round: nextRound(ledger, about) };
    const digest = subjectDigest(subject);
    result = { digest, round: subject.round };
    return { type: 'submitted', actor, body: { digest, subject } };
  });
  redraw(ports, id);
  const { digest, round } = result!;
  return {
    said: `Submitted ${about} of ${id}: digest ${short(digest)}, round ${round}.`,
    blocks: [],
    next: `a person decides: /approve ${short(digest)} (or /approve reject ${short(digest)} REASON)`,
    data: { ...data, digest, round },
  };
}

export function checkStage(name: string): Stage {
  const bare = name.replace(/^stage:/, '').replace(/\.md$/, '');
  if (isStage(bare)) return bare;
  throw inputFault({
    code: 'unknown-stage',
    message: `there is no stage ${JSON.stringify(name)}`,
    expected: `one of: ${STAGES.join(', ')}`,
  });
}

/** Why the gate's content cannot be submitted now, apart from findings in it. */
function whatBlocks(ports: Ports, loaded: Loaded, stage: Stage): string[] {
  const { state } = loaded;
  const { gate, before } = gatesBefore(state, stage);
  const closed = before.find((one) => one.state !== 'open');
  if (closed !== undefined) {
    const why = closed.reasons.map((reason) => reason.text).join('; ');
    return [`${STAGE[closed.stage].title} is ${closed.state}: ${why}`];
  }
  const blocks = gate.reasons
    .filter((reason) => reason.code === 'missing-artifact' || reason.code === 'rewound')
    .map((reason) => reason.text);
  if (gate.covers.includes('design'))
    blocks.push(...gate.reasons.filter((one) => one.code === 'not-feasible').map((one) => one.text));
  if (gate.covers.includes('build'))
    blocks.push(
      ...waitsForOthers(ports, loaded),
      ...state.manifest.missing,
      ...scanBlocks(loaded.read, state),
      ...confirmBlocks(loaded.read, state),
    );
  if (stage === 'as-built' && !gate.covers.includes('build')) blocks.push(...notDeployed(loaded));
  if (gate.covers.includes('as-built') && blocks.length === 0) blocks.push(...computedFactsDiffer(ports, loaded));
  return blocks;
}

/** The record follows the first verified deploy, where there is somewhere to deploy to. */
function notDeployed({ read, state }: Loaded): string[] {
  const lines = deployLines(read, state);
  const names = lines.map((one) => one.environment).join(', ');
  return lines.length === 0 || lines.some((one) => one.verified)
    ? []
    : [`nothing was deployed and verified yet: ${names}`];
}

/** Stores the frozen text of each stage as evidence and names it by hash. */
function freeze(ports: Ports, { read, state }: Loaded, stages: readonly Stage[]): Frozen[] {
  return stages.map((stage) => {
    const { artifact } = STAGE[stage];
    if (artifact === null) return freezeManifest(ports, read.id, state, read.ledger);
    const text = normaliseText(read.artifacts[artifact as ArtifactName]!);
    ports.deliveries.storeEvidence(read.id, text, 'md');
    return { path: artifact, sha256: contentHash(text) };
  });
}

function freezeManifest(ports: Ports, id: string, state: DeliveryState, ledger: Ledger): Frozen {
  const { content } = state.manifest;
  // With an approved record and nothing to complete a new manifest, the approved one is what the record is about.
  if (content === null) return { path: MANIFEST, sha256: approvedManifest(ledger)! };
  return { path: MANIFEST, sha256: ports.deliveries.storeEvidence(id, content, 'json') };
}

/** A submission of exactly this content whose round is still open or approved: submitting again changes nothing. */
function openRound(ledger: Ledger, about: string, content: string): Recorded<'submitted'> | undefined {
  const all = eventsOf(ledger, 'submitted').filter((event) => event.body.subject.about === about);
  return ledger.graph.latest(all).find((event) => {
    if (contentDigest(event.body.subject) !== content) return false;
    const decisions = eventsOf(ledger, 'decided').filter((one) => one.body.statement.subject === event.body.digest);
    const verdict = verdictOf(ledger.graph, decisions).is;
    return verdict !== 'rejected' && verdict !== 'revoked';
  });
}

function firstStep(state: DeliveryState, stage: Stage, comments: readonly Comment[]): string {
  const { before } = gatesBefore(state, stage);
  const closed = before.find((one) => one.state !== 'open');
  if (closed === undefined && comments.length > 0)
    return `submit again with an answer to each comment in replies, or countersign reply ${state.id} ${short(comments[0]!.id)} TEXT`;
  if (closed === undefined) return `${STAGE[stage].command} ${state.id}: mend what blocks, then submit again`;
  return `${STAGE[closed.stage].command} ${state.id}: bring ${STAGE[closed.stage].title} to approval first`;
}

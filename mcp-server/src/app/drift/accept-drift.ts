import { type Subject, short, subjectDigest } from '../../domain/decision/subject.ts';
import { verdictOf } from '../../domain/decision/verdict.ts';
import { submissionsOf } from '../../domain/drift/accepted.ts';
import { driftDemand } from '../../domain/drift/demand.ts';
import {
  ABOUT_FILES,
  aboutLive,
  type DriftRecord,
  driftBytes,
  driftContent,
  liveHash,
} from '../../domain/drift/record.ts';
import { inputFault } from '../../domain/fault.ts';
import { nextRound } from '../../domain/gate/gate.ts';
import type { Actor } from '../../domain/ledger/event.ts';
import { eventsOf } from '../../domain/ledger/ledger.ts';
import { redact } from '../../domain/redact.ts';
import { redraw } from '../after.ts';
import type { Answer } from '../answer.ts';
import { append } from '../append.ts';
import { load } from '../load.ts';
import type { Ports } from '../ports.ts';
import type { DriftView } from './drift.ts';
import { differencesOf } from './file-differences.ts';
import { fileDrift } from './file-drift.ts';
import { liveDrift } from './live-drift.ts';

export interface AcceptInput {
  /** The running system of this environment; else the files. */
  environment?: string | undefined;
  reason: string;
  actor: Actor;
}

/**
 * Freezes drift exactly as it is, with the reason, and asks a person to accept it. Any other difference is drift again.
 *
 * @throws Fault `unknown-delivery`, `unknown-environment`, `no-reason`
 */
export async function acceptDrift(ports: Ports, id: string, input: AcceptInput): Promise<Answer<DriftView>> {
  const reason = redact(input.reason.trim());
  if (reason === '' || reason.length > 4000)
    throw inputFault({ code: 'no-reason', message: 'there has to be a reason', expected: '--reason TEXT' });
  const { environment, actor } = input;
  const found = environment === undefined ? await movedFiles(ports, id) : await movedLive(ports, id, environment);
  const data: DriftView = {
    delivery: id,
    environment: environment ?? null,
    drift: [],
    notes: [],
    digest: null,
    tail: '',
  };
  if ('blocks' in found) return { said: 'Nothing was submitted.', blocks: found.blocks, next: '', data };
  const { about, files, live, text } = found;
  const record: DriftRecord = { schema: 'countersign/drift@1', delivery: id, about, reason, files, live };
  const digest = submitDrift(ports, id, record, redact(text), actor);
  redraw(ports, id);
  return {
    said: `Submitted ${about} of ${id} to be accepted: digest ${short(digest)}.`,
    blocks: [],
    next: `a person decides: /approve ${short(digest)} (or /approve reject ${short(digest)} REASON)`,
    data: { ...data, digest },
  };
}

type Found = Pick<DriftRecord, 'about' | 'files' | 'live'> & { text: string };

async function movedFiles(ports: Ports, id: string): Promise<Found | { blocks: string[] }> {
  const moved = fileDrift(ports, load(ports, id)) ?? [];
  const open = moved.filter((one) => one.accepted === undefined);
  if (open.length === 0) return { blocks: ['every file is as recorded, or was accepted as it is'] };
  if (open.some((one) => one.finding.rule !== 'drift'))
    return { blocks: [`${id} is not finished: submit build again, which is decided by itself`] };
  const files = open.map(({ path, was, now }) => ({ path, was, now }));
  return { about: ABOUT_FILES, files, live: null, text: await differencesOf(ports, files) };
}

async function movedLive(ports: Ports, id: string, environment: string): Promise<Found | { blocks: string[] }> {
  const found = await liveDrift(ports, id, environment);
  if ('blocks' in found) return found;
  const { plan, base, none, accepted } = found;
  if (none === true) return { blocks: [`${environment} is as declared`] };
  if (accepted !== undefined) return { blocks: [`this difference of ${environment} was accepted already`] };
  const live = { environment, start: base.start.id, difference: liveHash(plan), items: plan.items };
  const text = typeof plan.detail === 'string' ? plan.detail : JSON.stringify(plan.detail, null, 1);
  return { about: aboutLive(environment), files: [], live, text };
}

function submitDrift(ports: Ports, id: string, record: DriftRecord, text: string, actor: Actor): string {
  const { about } = record;
  const { frozen, page } = driftContent(record, text);
  ports.deliveries.storeEvidence(id, driftBytes(record), 'json');
  ports.deliveries.storeEvidence(id, page, 'md');
  let digest = '';
  append(ports, id, (ledger) => {
    const same = ledger.graph
      .latest(submissionsOf(ledger, about))
      .find((event) => JSON.stringify(event.body.subject.artifacts) === JSON.stringify(frozen));
    const decisions = eventsOf(ledger, 'decided').filter((one) => one.body.statement.subject === same?.body.digest);
    if (same !== undefined && verdictOf(ledger.graph, decisions).is === 'undecided') {
      digest = same.body.digest;
      return undefined;
    }
    const { read, state } = load(ports, id);
    const policy = driftDemand(read, state, about);
    const round = nextRound(ledger, about);
    const subject: Subject = { v: 1, first: ledger.first.id, about, artifacts: frozen, upstream: [], policy, round };
    digest = subjectDigest(subject);
    return { type: 'submitted', actor, body: { digest, subject } };
  });
  return digest;
}

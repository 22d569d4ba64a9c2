import { confirmDemand, confirmLacking } from '../domain/build/confirm-blocks.ts';
import { aboutCheck, askedAbout, confirmation, confirmContent, confirmedBy } from '../domain/build/confirmed.ts';
import { type CheckStatus, filesOf } from '../domain/build/manifest.ts';
import { closure } from '../domain/build/order.ts';
import { type Subject, short, subjectDigest } from '../domain/decision/subject.ts';
import { nextRound } from '../domain/gate/gate.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import type { CheckRun } from './check-run.ts';
import type { Loaded } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';

/**
 * Asks a person whether a check holds that no program can run: the check and the files as they are become `check:CHK-n`, which
 * is decided on like anything else, as strictly as Build. A question that is open or answered with yes is not asked again.
 */
export function askConfirmation(ports: Ports, loaded: Loaded, status: CheckStatus, actor: Actor): Answer<CheckRun> {
  const { read, state } = loaded;
  const { check } = status;
  const none: CheckRun = { check: check.id, result: 'not-run', unmet: [], evidence: null, durationMs: 0, tail: '' };
  if (confirmLacking(read, state, status).length === 0)
    return {
      said: `${check.id} is ${confirmedBy(read.ledger, status)}.`,
      blocks: [],
      next: nextStep(loaded),
      data: none,
    };
  const block = check.block;
  const text = block === undefined ? '' : state.design!.doc.text.slice(block.start, block.end);
  const components = status.component === undefined ? [] : closure(state.design!.components, status.component);
  const files = [...components.flatMap((one) => filesOf(one, read.workspace)), ...status.scripts];
  const { frozen, page, bytes } = confirmContent(status, text, files);
  ports.deliveries.storeEvidence(read.id, bytes, 'json');
  ports.deliveries.storeEvidence(read.id, page, 'md');
  const about = aboutCheck(check.id);
  let digest = '';
  append(ports, read.id, (ledger) => {
    const asked = askedAbout(ledger, status);
    const is = confirmation(ledger, status).is;
    if (asked !== undefined && (is === 'undecided' || is === 'approved')) {
      digest = asked.body.digest;
      return undefined;
    }
    const round = nextRound(ledger, about);
    const policy = confirmDemand(read, state);
    const subject: Subject = { v: 1, first: ledger.first.id, about, artifacts: frozen, upstream: [], policy, round };
    digest = subjectDigest(subject);
    return { type: 'submitted', actor, body: { digest, subject } };
  });
  redraw(ports, read.id);
  return {
    said: `${check.id} is ${check.method}: a person says whether it holds. Submitted ${about}, digest ${short(digest)}.`,
    blocks: [],
    next: `a person looks, and decides: /approve ${short(digest)} (or /approve reject ${short(digest)} REASON)`,
    data: { ...none, digest },
  };
}

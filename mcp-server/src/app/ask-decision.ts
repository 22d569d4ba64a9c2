import { short } from '../domain/decision/subject.ts';
import { levelAsked } from '../domain/decision/votes.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { meets, stricter } from '../domain/policy/demand.ts';
import { demandOf } from '../domain/policy/policy.ts';
import { gateOf, type Stage } from '../domain/stage.ts';
import type { Answer } from './answer.ts';
import { decide } from './decide.ts';
import type { Dialog, Outcome } from './dialog.ts';
import { load } from './load.ts';
import type { Identity } from './ports/repository.ts';

import type { Ports } from './ports.ts';
import { type Review, review } from './review.ts';

export interface Asked {
  delivery: string;
  about: string;
  digest: string | null;
  /** What the person chose; null when there was no answer. */
  outcome: Outcome | null;
  /** Level of the decision that was recorded; null when none was. */
  level: 'recorded' | null;
}

/**
 * Asks the person at the client for a decision on what was submitted. What is recorded is level recorded and no more: a
 * hook of the client can answer its dialogs (threat model). Everything but a clear answer leaves things as they are.
 *
 * @param dialog undefined where the client offers none
 */
export async function askDecision(
  ports: Ports,
  id: string,
  stage: Stage,
  asker: { dialog: Dialog | undefined; approver: () => Promise<Identity> },
): Promise<Answer<Asked>> {
  const shown = review(ports, id, stage);
  const { digest, gate, seen } = shown.data;
  const { about } = gate;
  const data: Asked = { delivery: id, about, digest, outcome: null, level: null };
  const none = (blocks: string[], next = shown.next): Answer<Asked> => ({
    said: `Nothing was decided about ${about} of ${id}.`,
    blocks,
    next,
    data,
  });
  if (gate.state === 'open') return { ...none([]), said: `${about} of ${id} is open already; nobody was asked.` };
  const waits = gate.reasons.length > 0 && gate.reasons.every((one) => one.code === 'undecided');
  if (digest === null || !waits) return none(gate.reasons.map((reason) => reason.text));
  const level = levelNeeded(ports, id, stage, digest);
  if (!meets('recorded', level))
    return none(
      [`policy asks for level ${level} here, and a dialog gives recorded`],
      `the person runs countersign approve ${id} ${gate.about.slice('stage:'.length)} in their own terminal`,
    );
  if (asker.dialog === undefined) return none(['this client offers no dialog']);

  const approver = await asker.approver();
  const answer = await asker.dialog.ask(question(shown.data, approver));
  if ('unanswered' in answer) return none([`the person gave no answer: ${answer.unanswered}`]);
  const { outcome, comment } = answer;
  if (outcome === 'later') return { ...none(['the person wants to decide later']), data: { ...data, outcome } };
  if (outcome === 'request changes' && comment.trim() === '')
    return { ...none(['changes were requested without saying which: ask the person']), data: { ...data, outcome } };
  const decision = outcome === 'approve' ? 'approve' : 'reject';
  const decided = decide(ports, { decision, digest, comment, approver, via: 'dialog', seen, delivery: id, about });
  return { ...decided, data: { ...data, outcome, level: decided.blocks.length > 0 ? null : 'recorded' } };
}

function levelNeeded(ports: Ports, id: string, stage: Stage, digest: string) {
  const { read, state } = load(ports, id);
  const now = demandOf(read.policy, gateOf(state.settled.track, stage), state.settled);
  const bound = eventsOf(read.ledger, 'submitted').filter((one) => one.body.digest === digest);
  return levelAsked(bound.map((one) => one.body.subject.policy).reduce(stricter, now));
}

/** What is decided about, in counts and hashes: text of the artifacts stays out of the question. */
function question(shown: Review, approver: Identity): string {
  const { delivery, gate, digest, pieces, inferred, upstream, comments } = shown;
  const email = approver.email === undefined ? '' : ` <${approver.email}>`;
  const lines = [`${gate.about} of ${delivery}, digest ${short(digest ?? '')}`];
  for (const { path, text, approved } of pieces) {
    const since =
      approved === null ? 'first time' : approved === text ? 'as approved before' : 'changed since approved';
    lines.push(`- ${path}: ${text.split('\n').length} lines, ${since}`);
  }
  if (inferred.length > 0)
    lines.push(`- concluded by a tool or an agent, confirmed by approving: ${inferred.length} statements`);
  if (comments.length > 0) lines.push(`- review comments: ${comments.length}, see the review`);
  if (upstream.length > 0)
    lines.push(
      `- rests on: ${upstream.map((one) => `${one.about} (${one.levels.join(', ') || one.state})`).join(', ')}`,
    );
  const files = pieces.map(({ path, sha256 }) => (path.endsWith('.md') ? path : `evidence/${sha256}.json`));
  lines.push(
    `Read it first: ${files.map((path) => `deliveries/${delivery}/${path}`).join(', ')} (or countersign review)`,
    `You decide as ${approver.name}${email}, level recorded.`,
  );
  return lines.join('\n');
}

import { stageOfEntry } from '../domain/decision/anchor.ts';
import { type Comment, commentsOf, isOpen } from '../domain/decision/comments.ts';
import { short } from '../domain/decision/subject.ts';
import { inputFault } from '../domain/fault.ts';
import { aboutStage } from '../domain/gate/gate.ts';
import { idsIn } from '../domain/ids.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { type GateFacts, STAGE } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';

/** Longest remark or answer, in characters; the same as a decision's comment. */
const MAX_TEXT = 4000;

/**
 * Records a person's remark on one entry. It has to be answered before that stage is submitted again.
 *
 * @throws Fault `unknown-entry`, `no-text`
 */
export function comment(
  ports: Ports,
  id: string,
  anchor: string,
  text: string,
  actor: Actor,
): Answer<{ comment: string }> {
  const loaded = load(ports, id);
  const stage = stageOfEntry(anchor);
  if (stage === undefined || !entries(loaded).has(anchor))
    throw inputFault({
      code: 'unknown-entry',
      message: `${id} has no entry ${JSON.stringify(anchor)}`,
      expected: 'the id of an entry that is there, such as REQ-3 or CMP-1',
      next: `countersign review ${id} <stage> shows them`,
    });
  const about = aboutStage(stage);
  const body = { about, anchor, text: checkText(text) };
  const event = append(ports, id, () => ({ type: 'commented', actor, body }))!;
  redraw(ports, id);
  return {
    said: `Recorded comment ${short(event)} on ${anchor} of ${id}.`,
    blocks: [],
    next: `it has to be answered before ${stage} is submitted again`,
    data: { comment: event },
  };
}

/**
 * Answers a remark. The same answer twice changes nothing.
 *
 * @param named the comment's id, or its first 12 or more hex digits
 * @throws Fault `unknown-comment`, `no-text`
 */
export function reply(
  ports: Ports,
  id: string,
  named: string,
  text: string,
  actor: Actor,
): Answer<{ comment: string }> {
  const { read } = load(ports, id);
  const found = commentsOf(read.ledger).filter((one) => named.length >= 12 && one.id.startsWith(named));
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw inputFault({
      code: 'unknown-comment',
      message: `${id} has no comment ${JSON.stringify(named)}`,
      expected: 'at least the first 12 hex digits of a comment, as status and submit print them',
      next: `countersign status ${id}`,
    });
  const body = { comment: only.id, text: checkText(text) };
  append(ports, id, (ledger) => {
    const before = eventsOf(ledger, 'replied').some(
      (one) => one.body.comment === only.id && one.body.text === body.text,
    );
    return before ? undefined : { type: 'replied', actor, body };
  });
  redraw(ports, id);
  const said = `Answered comment ${short(only.id)} on ${only.anchors.join(', ')} of ${id}.`;
  return { said, blocks: [], next: 'answer the others, then submit', data: { comment: only.id } };
}

/** The comments on what a gate decides that nobody answered yet. */
export function openComments({ read }: Loaded, gate: Pick<GateFacts, 'covers'>): Comment[] {
  const subjects = new Set(gate.covers.map(aboutStage));
  return commentsOf(read.ledger).filter((one) => subjects.has(one.about) && isOpen(one));
}

function checkText(text: string): string {
  const clean = text.trim().slice(0, MAX_TEXT);
  if (clean !== '') return clean;
  throw inputFault({ code: 'no-text', message: 'there is nothing in it', expected: 'a sentence' });
}

/** Every id that a comment can be anchored to: those of the artifacts, tasks and deviations. */
function entries({ read, state }: Loaded): Set<string> {
  const texts = Object.values(STAGE).map(({ artifact }) => (artifact === null ? '' : (read.artifacts[artifact] ?? '')));
  return new Set([
    ...texts.flatMap(idsIn),
    ...state.tasks.map((task) => task.id),
    ...eventsOf(read.ledger, 'deviated').map((event) => event.body.id),
  ]);
}

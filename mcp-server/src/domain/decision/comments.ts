import { idsIn } from '../ids.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';

/** What a reviewer said about entries of an artifact, and what was answered. */
export interface Comment {
  /** Id of the event that holds it; replies name it. */
  id: string;
  about: string;
  /** Ids of the entries it is about, such as REQ-3. */
  anchors: string[];
  text: string;
  by: string;
  replies: { by: string; text: string }[];
}

/**
 * Every review comment of a delivery, in the ledger's order: those that were written as comments, and the reasons of
 * rejections that name entries.
 */
export function commentsOf(ledger: Ledger): Comment[] {
  const aboutOf = new Map(eventsOf(ledger, 'submitted').map(({ body }) => [body.digest, body.subject.about]));
  const comments = new Map<string, Comment>();
  for (const event of ledger.graph.order) {
    const comment = event.type === 'decided' ? fromRejection(event, aboutOf) : fromComment(event);
    if (comment !== undefined) comments.set(event.id, comment);
    if (event.type === 'replied')
      comments.get(event.body.comment)?.replies.push({ by: event.actor.name, text: event.body.text });
  }
  return [...comments.values()];
}

function fromComment(event: Recorded): Comment | undefined {
  if (event.type !== 'commented') return undefined;
  const { about, anchor, text } = event.body;
  return { id: event.id, about, anchors: [anchor], text, by: event.actor.name, replies: [] };
}

function fromRejection(event: Recorded<'decided'>, aboutOf: ReadonlyMap<string, string>): Comment | undefined {
  const { decision, comment, approver, subject } = event.body.statement;
  const anchors = [...new Set(idsIn(comment))];
  const about = aboutOf.get(subject);
  if (decision !== 'reject' || anchors.length === 0 || about === undefined) return undefined;
  return { id: event.id, about, anchors, text: comment, by: approver.name, replies: [] };
}

export const isOpen = (comment: Comment) => comment.replies.length === 0;

import type { RefContent, TrustedRef } from '../app/trusted-ref.ts';
import type { Hire } from '../app/verify.ts';
import type { Verdict, Yardstick } from '../app/verify-delivery.ts';
import { shareWork } from './share-work.ts';

/** What a thread needs to know: the yardstick as plain data, and a folder in the project. */
export type Given = Omit<Yardstick, 'ref'> & { ref: RefContent | undefined; cwd: string };

/** A thread starts in the time of some deliveries; two hands are worth it from twice this many on. */
const WORTH = 8;

/** Threads that verify in the same project. */
export const verifyThreads =
  (cwd: string): Hire =>
  (ids, { ref, ...by }) => {
    const given: Given = { ...by, ref: ref === undefined ? undefined : contentOf(ref), cwd };
    return shareWork<Verdict>(ids, { module: './verify-thread.mjs', given, what: 'verifying', worth: WORTH });
  };

/** What follows from the content is made anew there: that is less work than to send it. */
function contentOf({ changed: _, rules: __, ...content }: TrustedRef): RefContent {
  return content;
}

import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ElicitResultSchema } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { type Dialog, OUTCOMES } from '../app/dialog.ts';

/** Reading takes its time; the protocol's own limit of a minute is for machines. */
const DIALOG_MS = 60 * 60_000;

const answerSchema = z.object({ outcome: z.enum(OUTCOMES), comment: z.string().default('') });

/**
 * The client's form dialog; undefined where it offers none.
 *
 * @param signal ends the question when the call that asks is given up
 */
export function formDialog(server: Server, signal: AbortSignal | undefined, timeoutMs = DIALOG_MS): Dialog | undefined {
  if (server.getClientCapabilities()?.elicitation?.form === undefined) return undefined;
  return {
    async ask(message) {
      const form = {
        message,
        requestedSchema: {
          type: 'object' as const,
          properties: {
            outcome: { type: 'string' as const, title: 'Decision', enum: [...OUTCOMES] },
            comment: {
              type: 'string' as const,
              title: 'Comment',
              description: 'goes into the record; needed to request changes',
              maxLength: 4000,
            },
          },
          required: ['outcome'],
        },
      };
      try {
        // Not elicitInput: it would check the answer a second time, with a JSON Schema library that is not bundled.
        const question = { method: 'elicitation/create' as const, params: { ...form, mode: 'form' as const } };
        const { action, content } = await server.request(question, ElicitResultSchema, {
          timeout: timeoutMs,
          ...(signal === undefined ? {} : { signal }),
        });
        // Given up and answered in one breath: the answer overtakes the notice, and still nobody waits for it.
        if (signal?.aborted === true) return { unanswered: 'the call that asked was given up' };
        if (action !== 'accept') return { unanswered: UNANSWERED[action] };
        const answer = answerSchema.safeParse(content);
        return answer.success ? answer.data : { unanswered: 'the client sent no outcome' };
      } catch (error) {
        // Time-out, a closed connection, a client that cannot: whatever went wrong, nobody answered.
        return { unanswered: (error as Error).message };
      }
    },
  };
}

const UNANSWERED = { decline: 'the dialog was declined', cancel: 'the dialog was cancelled' } as const;

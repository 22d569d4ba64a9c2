import * as z from 'zod';
import { STAGES } from '../../domain/stage.ts';
import { whoIsThere } from '../person.ts';
import { defineTool, delivery } from './tool.ts';

export const askDecisionTool = defineTool({
  name: 'ask_decision',
  title: 'Ask for a decision',
  description:
    'Shows the person a dialog about a submitted stage: approve, request changes, later. No answer is no decision.',
  kind: 'approve',
  input: { delivery, stage: z.enum(STAGES) },
  handle: async (input, { ports, dialog }) =>
    (await import('../../app/ask-decision.ts')).askDecision(ports, input.delivery, input.stage, {
      dialog,
      approver: () => whoIsThere(ports),
    }),
});

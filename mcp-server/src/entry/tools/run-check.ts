import * as z from 'zod';
import { defineTool, delivery } from './tool.ts';

export const runCheckTool = defineTool({
  name: 'run_check',
  title: 'Run a check',
  description: 'Runs a check of the approved design; its output becomes evidence. Only this verifies a task.',
  kind: 'effect',
  input: { delivery, check: z.string() },
  handle: async (input, { ports, actor }) =>
    (await import('../../app/run-check.ts')).runCheck(ports, input.delivery, input.check, actor),
});

import * as z from 'zod';
import { runCheck } from '../../app/run-check.ts';
import { defineTool, delivery } from './tool.ts';

export const runCheckTool = defineTool({
  name: 'run_check',
  title: 'Run a check',
  description:
    'Runs one check of the approved design and records the captured output as evidence. Only this verifies a task.',
  kind: 'effect',
  input: { delivery, check: z.string() },
  handle: (input, { ports, actor }) => runCheck(ports, input.delivery, input.check, actor),
});

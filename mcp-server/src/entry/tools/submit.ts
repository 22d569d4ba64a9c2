import { z } from 'zod';
import { submit } from '../../app/submit.ts';
import { STAGES } from '../../domain/stage.ts';
import { defineTool, delivery } from './tool.ts';

export const submitTool = defineTool({
  name: 'submit',
  title: 'Submit for approval',
  description:
    'Freezes a stage and asks a person to decide. Returns the digest they type in /approve; no tool can approve.',
  kind: 'write',
  input: { delivery, stage: z.enum(STAGES) },
  handle: (input, { ports, actor }) => submit(ports, input.delivery, input.stage, actor),
});

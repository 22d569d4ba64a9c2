import * as z from 'zod';
import { STAGES } from '../../domain/stage.ts';
import { defineTool, delivery } from './tool.ts';

export const submitTool = defineTool({
  name: 'submit',
  title: 'Submit for approval',
  description:
    'Freezes a stage and asks a person to decide. Returns the digest for /approve; no tool can approve. replies: an answer to each open comment, by id.',
  kind: 'write',
  input: { delivery, stage: z.enum(STAGES), replies: z.record(z.string(), z.string()).optional() },
  async handle(input, { ports, actor, dialog, explore }) {
    const [{ reply }, { submit }] = await Promise.all([import('../../app/comment.ts'), import('../../app/submit.ts')]);
    if (input.stage === 'build' || input.stage === 'as-built') {
      const { scanForBuild } = await import('../../app/scan.ts');
      const extraction = async () => (await explore('.')).extraction;
      await scanForBuild(ports, extraction, { id: input.delivery, stage: input.stage, actor });
    }
    for (const [comment, text] of Object.entries(input.replies ?? {}))
      reply(ports, input.delivery, comment, text, actor);
    const answer = submit(ports, input.delivery, input.stage, actor);
    if (answer.data.digest === null || dialog === undefined) return answer;
    return { ...answer, next: `${answer.next}; ask_decision asks them in a dialog` };
  },
});

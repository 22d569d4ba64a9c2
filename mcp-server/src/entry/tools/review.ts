import * as z from 'zod';
import { STAGES } from '../../domain/stage.ts';
import { defineTool, delivery } from './tool.ts';

export const reviewTool = defineTool({
  name: 'review',
  title: 'Review',
  description: 'What a decision on a stage is about: frozen pieces with hashes, what was inferred, what is upstream.',
  kind: 'read',
  input: { delivery, stage: z.enum(STAGES) },
  async handle(input, { ports }) {
    const { review } = await import('../../app/review.ts');
    const answer = review(ports, input.delivery, input.stage);
    const pieces = answer.data.pieces.map(({ path, sha256, text, approved, changes }) => ({
      path,
      sha256,
      lines: text.split('\n').length,
      changed: approved === null ? 'first time' : approved === text ? 'no' : 'yes',
      moved: (changes ?? []).map((one) => `${one.change} ${one.key}`),
    }));
    return { ...answer, data: { ...answer.data, pieces } };
  },
});

import * as z from 'zod';
import { TRACKS } from '../../domain/stage.ts';
import { defineTool } from './tool.ts';

export const deliveryNew = defineTool({
  name: 'delivery_new',
  title: 'Start a delivery',
  description: 'Starts a delivery with a draft requirements.md, from a template if one is named.',
  kind: 'write',
  input: {
    id: z.string().describe('a-z, 0-9, hyphens'),
    title: z.string(),
    template: z.string().optional().describe('? lists them'),
    track: z.enum(TRACKS).optional(),
  },
  async handle(input, { ports, actor }) {
    if (input.template === '?') {
      const { listTemplates } = await import('../../app/list-templates.ts');
      const { data, ...answer } = listTemplates(ports);
      // Names and one line each: the whole answer stays in the session's context.
      const templates = data.templates.map(({ name, summary, problem }) => `${name}: ${problem ?? summary}`);
      return { ...answer, next: 'delivery_new with one of them, or without', data: { templates } };
    }
    return (await import('../../app/create.ts')).createDelivery(ports, { ...input, actor });
  },
});

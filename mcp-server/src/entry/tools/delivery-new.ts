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
    template: z.string().optional(),
    track: z.enum(TRACKS).optional(),
  },
  handle: async (input, { ports, actor }) =>
    (await import('../../app/create.ts')).createDelivery(ports, { ...input, actor }),
});

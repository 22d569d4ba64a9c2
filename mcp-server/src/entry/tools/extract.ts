import * as z from 'zod';
import { VIEWS } from '../../domain/extract/views.ts';
import { defineTool } from './tool.ts';

export const extractTool = defineTool({
  name: 'extract',
  title: 'Read existing automation',
  description:
    'Facts of a folder (. for all), session:latest (this one) or itential:NAME, with path and line: entry points, steps, couplings, gaps. With delivery: drafts a new one, or compares. View rebind, ids [ROLE or SYSTEM, SYSTEM]: what a swap breaks.',
  kind: 'write',
  input: {
    path: z.string(),
    view: z.enum(VIEWS).optional(),
    group: z.string().optional(),
    ids: z.array(z.string()).optional(),
    delivery: z.string().optional(),
  },
  async handle({ path, view = 'summary', group, ids, delivery }, { ports, actor, explore }) {
    const { viewExtraction } = await import('../../app/extract-view.ts');
    const { extraction, root, place, keep } = await explore(path);
    return viewExtraction(ports, extraction, root, keep, { place, view, group, ids, delivery, actor });
  },
});

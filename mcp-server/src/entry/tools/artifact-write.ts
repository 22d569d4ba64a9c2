import * as z from 'zod';
import { defineTool, delivery } from './tool.ts';

export const artifactWrite = defineTool({
  name: 'artifact_write',
  title: 'Write an artifact',
  description:
    'Writes an artifact, whole or one section; other bytes stay. base: what artifact_read returned, or "new".',
  kind: 'write',
  input: { delivery, artifact: z.string(), base: z.string(), text: z.string(), section: z.string().optional() },
  handle: async (input, { ports }) =>
    (await import('../../app/artifacts.ts')).writeArtifact(ports, input.delivery, input),
});

import * as z from 'zod';
import { readKind } from '../yaml/kind.ts';

/** Groups of the shipped templates, in the order of the list. A project's templates may have groups of their own. */
export const GROUPS = ['networking', 'operations', 'security', 'infrastructure', 'platforms'] as const;

/** Name of a template: that of its folder. */
export const TEMPLATE_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

const templateSchema = z.strictObject({
  countersign: z.literal('template/1'),
  title: z.string().min(1).max(80),
  /** One line: what it is for, and what is hard about it. */
  summary: z.string().min(1).max(160),
  group: z.string().min(1).max(40).optional(),
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
});
export type TemplateFacts = z.infer<typeof templateSchema>;

/** Reads template.yaml (docs/templates.md). A folder of another program's templates is no template and no problem: undefined. */
export function readTemplateFacts(text: string): { facts: TemplateFacts } | { problem: string } | undefined {
  return readKind(text, 'template', templateSchema, 'facts');
}

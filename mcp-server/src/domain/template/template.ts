import { parse } from 'yaml';
import * as z from 'zod';
import { beyondBounds } from '../yaml/bounds.ts';

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

/**
 * Reads a small YAML file of Countersign's own: `countersign: <kind>/<n>` and the keys of its schema, nothing else.
 *
 * @returns undefined where the file is of another kind; the first problem where it is broken
 */
export function readKind<S extends z.ZodType, K extends string>(
  text: string,
  kind: string,
  schema: S,
  as: K,
): Record<K, z.infer<S>> | { problem: string } | undefined {
  const beyond = beyondBounds(text);
  if (beyond !== undefined) return { problem: `line ${beyond.line}: ${beyond.message}` };
  let value: unknown;
  try {
    // Without aliases one line cannot mean a million.
    value = parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch (error) {
    return { problem: (error instanceof Error ? error.message : String(error)).split('\n')[0]! };
  }
  const said = (value as { countersign?: unknown } | null)?.countersign;
  if (typeof said !== 'string' || !said.startsWith(`${kind}/`)) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return { [as]: parsed.data } as Record<K, z.infer<S>>;
  const [issue] = parsed.error.issues;
  return { problem: `${issue!.path.join('.') || 'the file'}: ${issue!.message}` };
}

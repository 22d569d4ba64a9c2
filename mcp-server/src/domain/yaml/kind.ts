import { parse } from 'yaml';
import type * as z from 'zod';
import { beyondBounds } from './bounds.ts';

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

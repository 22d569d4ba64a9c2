import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import type { Finding } from '../finding.ts';
import { beyondBounds } from '../yaml/bounds.ts';
import type { Outline } from './markdown.ts';

/**
 * Reads the front matter against a schema. What is wrong becomes a finding with its line; the value is then undefined.
 *
 * @param kind the artifact's mark, such as `requirements/1`, which the first key has to carry
 */
export function readFrontMatter<T>(
  doc: Outline,
  path: string,
  kind: string,
  schema: z.ZodType<T>,
): { value: T | undefined; findings: Finding[] } {
  const { front } = doc;
  const finding = (line: number, message: string, fix: string): Finding => ({
    rule: 'front-matter',
    severity: 'error',
    path,
    line,
    message,
    fix,
  });
  const mark = `start the file with:\n---\ncountersign: ${kind}`;
  if (front === null) return { value: undefined, findings: [finding(1, 'there is no front matter', mark)] };
  const beyond = beyondBounds(front.yaml);
  if (beyond !== undefined)
    return {
      value: undefined,
      findings: [
        finding(front.line + beyond.line - 1, `front matter: ${beyond.message}`, 'write it shorter and flatter'),
      ],
    };
  const lines = new LineCounter();
  const yaml = parseDocument(front.yaml, { lineCounter: lines, logLevel: 'error' });
  const lineAt = (offset: number) => front.line + lines.linePos(offset).line - 1;
  const [broken] = yaml.errors;
  if (broken !== undefined)
    return {
      value: undefined,
      findings: [finding(lineAt(broken.pos[0]), `front matter: ${broken.message.split('\n')[0]}`, 'write valid YAML')],
    };
  let plain: unknown;
  try {
    plain = yaml.toJS({ maxAliasCount: 10 });
  } catch (error) {
    const message = `front matter: ${(error as Error).message}`;
    return { value: undefined, findings: [finding(front.line, message, 'write it without aliases')] };
  }
  const record = (plain ?? {}) as Record<string, unknown>;
  if (Object.keys(record)[0] !== 'countersign' || record['countersign'] !== kind)
    return { value: undefined, findings: [finding(front.line, `its first key is not countersign: ${kind}`, mark)] };
  const { countersign: _, ...rest } = record;
  const parsed = schema.safeParse(rest);
  if (parsed.success) return { value: parsed.data, findings: [] };
  const findings = parsed.error.issues.flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys';
    const keys = unknown ? issue.keys : [issue.path[0] as string | undefined];
    return keys.map((key) => {
      const offset = keyOffset(yaml.contents, key);
      const message = unknown ? `unknown key ${key}` : `${issue.path.join('.') || 'front matter'}: ${issue.message}`;
      return finding(
        offset === undefined ? front.line : lineAt(offset),
        message,
        'see the artifact reference for its keys',
      );
    });
  });
  return { value: undefined, findings };
}

/** The line of a key at the top level of the front matter; the front matter's first line where it is not there. */
export function keyLine(doc: Outline, key: string): number {
  if (doc.front === null) return 1;
  const at = doc.front.yaml.split('\n').findIndex((line) => line.startsWith(`${key}:`));
  return doc.front.line + Math.max(at, 0);
}

function keyOffset(contents: unknown, key: string | undefined): number | undefined {
  const { items } = (contents ?? {}) as { items?: { key?: { value?: unknown; range?: number[] } }[] };
  return items?.find((item) => item.key?.value === key)?.key?.range?.[0];
}

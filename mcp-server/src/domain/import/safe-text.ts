import { REDACTED, redact } from '../redact.ts';
import { secretsIn } from '../rules/secret-shapes.ts';

/** Without secrets: a line in which one shows loses it, or all of itself. */
export function withoutSecrets(text: string): { text: string; redacted: number } {
  const lines = text.split('\n');
  const places = secretsIn(text);
  for (const { line } of places) {
    const clean = redact(lines[line - 1] ?? '');
    lines[line - 1] = secretsIn(clean).length === 0 ? clean : REDACTED;
  }
  return { text: lines.join('\n'), redacted: places.length };
}

/**
 * Markdown of a source as it may stand in an artifact: nothing in it opens a comment, which could switch rules off, and
 * only the importer marks a statement as inferred.
 */
export function harmless(text: string): string {
  return text.replace(/<!--/g, '&lt;!--').replace(/\(inferred:/gi, '(inferred');
}

/** On one line and short, for a heading or a cell. */
export function oneLine(text: string, longest = 120): string {
  const line = harmless(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\|/g, '\\|')
    .replace(/</g, '\\<')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1).replace(/\\$/, '')}…` : line;
}

/**
 * A list item whose further lines are indented below it.
 *
 * @param mark what the importer itself says behind the text
 */
export function item(text: string, mark = ''): string {
  const [first = '', ...rest] = `${harmless(text).trim()}${mark}`.split('\n');
  return [`- ${first}`, ...rest.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}

/** Fenced code whose fence is longer than any in the text. */
export function fenced(text: string, lang: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^[ \t>]*(`{3,})/gm)].map((match) => match[1]!.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${lang}\n${text}\n${fence}`;
}

/** A path as inline code. */
export const place = (path: string, line: number) => `\`${path.replace(/[`|\p{Cc}\p{Cf}]/gu, '?')}:${line}\``;

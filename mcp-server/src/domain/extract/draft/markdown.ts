import type { Evidence } from '../contract.ts';
import { mergeEvidence } from '../order.ts';

const longest = 100;

/**
 * Text from files as inline code: one line, short, and nothing in it can open Markdown, end the span, break a table cell,
 * be taken for an id of the draft or for the mark of an inferred statement.
 */
export function code(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/`/g, "'")
    .replace(/\|/g, '¦')
    .replace(/\(inferred:/gi, '(inferred ')
    .replace(/\b(REQ|CAP|SYS|CON|Q|DEC|CMP|CHK|DEV|FC|RSK|AC|TSK)-(?=\d)/g, '$1\u2011')
    .replace(/\bSHALL\b/g, 'shall')
    .trim();
  const short = line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
  return short === '' ? '` `' : `\`${short}\``;
}

/** Places as readers and tools find them again: `path:line`, the first few of them. */
export function cite(evidence: readonly Evidence[], prefix: string, most = 3): string {
  const places = mergeEvidence(evidence).map(({ path, line }) => placeName({ path, line }, prefix));
  const distinct = [...new Set(places)];
  const more = distinct.length > most ? ` and ${distinct.length - most} more` : '';
  return (
    distinct
      .slice(0, most)
      .map((place) => `\`${place}\``)
      .join(', ') + more
  );
}

/** One place; characters that could leave the code span are shown as `?`. */
export function placeName({ path, line }: Pick<Evidence, 'path' | 'line'>, prefix: string): string {
  const shown = `${prefix}${path}`.replace(/[`|\p{Cc}\p{Cf}]/gu, '?');
  return `${shown}:${line}`;
}

export const inferred = (rule: string) => `(inferred: ${rule})`;

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `1, 2 and 3`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Runs of numbers: `1-3, 7`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let end = at;
    while (numbers[end + 1] === (numbers[end] as number) + 1) end++;
    parts.push(end === at ? String(numbers[at]) : `${numbers[at]}-${numbers[end]}`);
    at = end + 1;
  }
  return parts.join(', ');
}

/** `step 3`, or `steps 1-3, 7`. */
export const stepsText = (numbers: readonly number[]) => `step${numbers.length === 1 ? '' : 's'} ${ranges(numbers)}`;

const mostRanges = 6;

/** Which of several steps, before `fails`: their numbers, or how many where these fill the line. */
export function whichOf(numbers: readonly number[]): string {
  if (numbers.length === 1) return stepsText(numbers);
  const text = stepsText(numbers);
  return text.split(', ').length <= mostRanges ? `one of the ${text}` : `one of ${numbers.length} steps`;
}

/** The numbers, the first of them where they fill the line. */
export function firstSteps(numbers: readonly number[]): string {
  const parts = ranges(numbers).split(', ');
  const more = parts.length - mostRanges * 2;
  return more <= 0 ? parts.join(', ') : `${parts.slice(0, mostRanges * 2).join(', ')} and ${more} more ranges`;
}

/** Text from files as a cell that is no code, such as the name of a system in Bindings. */
export const cell = (text: string) =>
  code(text)
    .slice(1, -1)
    .replace(/[<>*_[\]]/g, '\\$&');

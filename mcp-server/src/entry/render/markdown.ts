import { oneLine } from '../../domain/one-line.ts';

/** Text from files as Markdown that says it and does nothing else: no markup, no mention, no link, no reference. */

/** One line as inline code; GFM works nothing in it, mentions included. */
export function span(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line, '`') + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The same in a cell of a table. A bar ends a cell even within code (GFM, Tables), and escaping it fails after a backslash. */
export const cell = (text: string) => span(text.replaceAll('|', '¦'));

/** Several lines as a block of code that nothing in them can end. */
export function block(text: string, lang = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text, '`') + 1));
  return `${fence}${lang}\n${printableLines(text).trimEnd()}\n${fence}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const printableLines = (text: string) => text.replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');

function longestRun(text: string, char: string): number {
  let [most, run] = [0, 0];
  for (const one of text) {
    run = one === char ? run + 1 : 0;
    if (run > most) most = run;
  }
  return most;
}

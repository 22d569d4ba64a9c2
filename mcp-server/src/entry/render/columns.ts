import { printable } from '../terminal.ts';

/** Characters that take two columns (Unicode Standard Annex 11: wide and full-width, and emoji). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
/** Most text: one column for each character. */
const PLAIN = /^[ -~]*$/;
const NONE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Columns that a text takes on a terminal; it holds no control characters and no colours. */
export function columns(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += NONE.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

/** One line of at most so many columns; what does not fit is cut, and an ellipsis says so. */
export function fitted(text: string, most: number): string {
  const line = oneLine(text);
  if (columns(line) <= most) return line;
  let [kept, width] = ['', 0];
  for (const char of line) {
    width += columns(char);
    if (width > most - 1) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}

/** A text padded to so many columns, cut where it is longer. */
export function padded(text: string, width: number): string {
  const line = fitted(text, width);
  return line + ' '.repeat(Math.max(0, width - columns(line)));
}

/**
 * Lines of at most so many columns, broken between words; a word that is longer than a line stands on one of its own,
 * whole, because commands and digests are there to be copied.
 */
export function wrapped(text: string, most: number): string[] {
  if (most === Number.POSITIVE_INFINITY) return [oneLine(text)];
  const lines: string[] = [];
  let [line, width] = ['', 0];
  for (const word of oneLine(text).split(' ')) {
    const needs = columns(word);
    if (line !== '' && width + 1 + needs > most) {
      lines.push(line);
      [line, width] = ['', 0];
    }
    line = line === '' ? word : `${line} ${word}`;
    width += needs + (width === 0 ? 0 : 1);
  }
  return [...lines, line];
}

/** Steering goes first: a word of nothing else would leave two blanks behind. */
const oneLine = (text: string) =>
  PLAIN.test(text) && !text.includes('  ')
    ? text.trim()
    : printable(text.replace(/\s+/g, ' ')).replace(/ +/g, ' ').trim();

import { withoutVerbatim } from './segments.ts';

/** What people write by hand stays far below it, as in YAML. */
export const MAX_NESTING = 32;

/** Marks that open containers at the beginning of a line: of quotes, and of items with what has to follow them. */
const MARKS = /[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t\r\n]|$))/y;
/** A line that starts with one. */
const MARKED = /^[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t\r\n]|$))/gm;
/** `- - -` is a line across the page. */
const BREAK = /[ \t]*([-*])[ \t]*(?:\1[ \t]*){2,}(?=[\r\n]|$)/y;

/**
 * Where a text first nests deeper than the Markdown parser may be given: lists and quotes, and images in the text of images.
 * Its time grows with the square of both, and readers of what it returns recurse. Linear. Undefined where nothing does.
 *
 * @returns the offset of the line in UTF-16 code units, and the line, counted from 1
 */
export function overDeep(text: string): { offset: number; line: number } | undefined {
  // Fenced code may hold anything; who looks for it only where something was found looks seldom.
  const offset = deepIn(text) === undefined ? undefined : deepIn(withoutVerbatim(text));
  if (offset === undefined) return undefined;
  return { offset, line: (text.slice(0, offset).match(/\r\n|\r|\n/g)?.length ?? 0) + 1 };
}

function deepIn(text: string): number | undefined {
  const found = [deepContainer(text), deepImage(text)].filter((offset) => offset !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

function deepContainer(text: string): number | undefined {
  /** Columns at which containers that may still be open start. */
  const open: number[] = [];
  for (const { index: offset } of text.matchAll(MARKED)) {
    BREAK.lastIndex = offset;
    if (BREAK.test(text)) continue;
    let end = offset;
    let column = 0;
    MARKS.lastIndex = offset;
    for (let mark = MARKS.exec(text); mark !== null; mark = MARKS.exec(text)) {
      for (let at = end; at < MARKS.lastIndex; at++) column += text[at] === '\t' ? 4 - (column % 4) : 1;
      end = MARKS.lastIndex;
      // What starts to the right of a mark may be inside it.
      while (open.length > 0 && open.at(-1)! >= column) open.pop();
      open.push(column);
      if (open.length > MAX_NESTING) return offset;
    }
  }
  return undefined;
}

/** Images whose text has not ended yet; a blank line ends all. */
function deepImage(text: string): number | undefined {
  if (!text.includes('![')) return undefined;
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/!\[|\]|(?:\r\n|\r|\n)[ \t]*(?=[\r\n])/g)) {
    if (sign === '![') depth += 1;
    else depth = sign === ']' ? Math.max(0, depth - 1) : 0;
    if (depth > MAX_NESTING) return Math.max(text.lastIndexOf('\n', index), text.lastIndexOf('\r', index)) + 1;
  }
  return undefined;
}

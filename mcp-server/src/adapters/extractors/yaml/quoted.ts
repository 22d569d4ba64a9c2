import { beyond } from './beyond.ts';

const BACKSLASH = 92;
const DOUBLE = 34;

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  ' ': ' ',
};

/** Offset of the quote that closes the text opened at `at`; -1 when none does. */
export function closingQuote(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  const mark = quote === DOUBLE ? '"' : "'";
  let end = text.indexOf(mark, at + 1);
  if (quote === DOUBLE) {
    while (end >= 0 && isEscaped(text, end)) end = text.indexOf(mark, end + 1);
    return end;
  }
  while (end >= 0 && text.charCodeAt(end + 1) === quote) end = text.indexOf(mark, end + 2);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let count = 0;
  for (let before = at - 1; text.charCodeAt(before) === BACKSLASH; before--) count++;
  return count % 2 === 1;
}

/**
 * What a quoted text means: its lines folded, then its escapes read (YAML 1.2.2, sections 7.3.1 and 7.3.2).
 *
 * @param inner the text between its quotes
 */
export function unquote(inner: string, isDouble: boolean): string {
  // An escaped blank before a line end is read otherwise.
  if (isDouble && /\\[ \t]+\n/.test(inner)) throw beyond;
  const folded = inner.includes('\n') ? foldLines(inner, isDouble) : inner;
  if (!isDouble) return folded.includes("'") ? folded.replaceAll("''", "'") : folded;
  return folded.includes('\\') ? folded.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|(.?))/gs, meaning) : folded;
}

function meaning(_whole: string, two?: string, four?: string, letter?: string): string {
  const code = two ?? four;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  const meant = escapes[letter ?? ''];
  if (meant === undefined) throw beyond;
  return meant;
}

/**
 * A line end is a blank, and an empty line a line end (YAML 1.2.2, section 6.5).
 *
 * @param hasEscapes whether a backslash at the end of a line takes the line end away
 */
export function foldLines(text: string, hasEscapes = false): string {
  let folded = '';
  let empty = 0;
  let isJoined = false;
  const lines = text.split('\n');
  const last = lines.length - 1;
  lines.forEach((line, at) => {
    const head = at === 0 ? line : line.replace(/^[ \t]+/, '');
    const joins = hasEscapes && at < last && isEscaped(head, head.length);
    const kept = joins ? head.slice(0, -1) : at === last ? head : head.replace(/[ \t]+$/, '');
    if (isJoined) {
      // What an empty line behind an escaped line end means, readers do not agree on.
      if (kept === '' && at < last) throw beyond;
      folded += kept;
    } else if (at === 0) folded = kept;
    else if (kept === '' && at < last && !joins) empty++;
    else {
      folded += empty > 0 ? '\n'.repeat(empty) : ' ';
      folded += kept;
      empty = 0;
    }
    isJoined = joins;
  });
  return folded;
}

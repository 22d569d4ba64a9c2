const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const PERCENT = 37;
const STAR = 42;
const SLASH = 47;
const LESS = 60;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const closes: { readonly [open: number]: number } = { 40: 41, 91: 93, 123: 125 };

// What can change the state; everything else is skipped by the regular expression engine, which is several times faster.
const inCode = /[\n"#/<()[\]{}]/g;
const inString = /["\\\n$%]/g;

export interface ExpressionEnd {
  end: number;
  /** Something was left open: a bracket, a string or a heredoc. */
  isBroken: boolean;
}

/**
 * Where an HCL expression ends that starts at an offset: at the line's end, a comment or the block's closing brace, but
 * never inside brackets, quotes, templates or heredocs (HCL native syntax specification). One pass, its own stack.
 *
 * @param stopsAt tells whether a line that starts at an offset begins a new top-level block, so that a file with
 *   something left open loses one block and not the rest.
 */
export function expressionEnd(text: string, start: number, stopsAt: (lineStart: number) => boolean): ExpressionEnd {
  // What is open: the code of the closing bracket, or QUOTE for the text part of a string.
  const open: number[] = [];
  let at = start;
  while (at < text.length) {
    const inside = open[open.length - 1];
    const special = inside === QUOTE ? inString : inCode;
    special.lastIndex = at;
    if (!special.test(text)) break;
    at = special.lastIndex - 1;
    const char = text.charCodeAt(at);
    if (inside === QUOTE) {
      if (char === BACKSLASH) at += 2;
      else if (char === QUOTE) {
        open.pop();
        at++;
      } else if (char === LF) return { end: at, isBroken: true };
      else if ((char === DOLLAR || char === PERCENT) && text.charCodeAt(at + 1) === OPEN_BRACE) {
        // $${ and %%{ are text.
        if (text.charCodeAt(at - 1) === char && at - 1 > start) at += 2;
        else {
          open.push(CLOSE_BRACE);
          at += 2;
        }
      } else at++;
      continue;
    }
    switch (char) {
      case LF:
        if (inside === undefined) return { end: at, isBroken: false };
        at++;
        if (stopsAt(at)) return { end: at - 1, isBroken: true };
        continue;
      case QUOTE:
        open.push(QUOTE);
        at++;
        continue;
      case HASH:
        if (inside === undefined) return { end: at, isBroken: false };
        at = lineEnd(text, at);
        continue;
      case SLASH: {
        const next = text.charCodeAt(at + 1);
        if (next === SLASH) {
          if (inside === undefined) return { end: at, isBroken: false };
          at = lineEnd(text, at);
        } else if (next === STAR) {
          const close = text.indexOf('*/', at + 2);
          at = close < 0 ? text.length : close + 2;
        } else at++;
        continue;
      }
      case LESS: {
        const body = text.charCodeAt(at + 1) === LESS ? heredocEnd(text, at) : undefined;
        if (body === undefined) at++;
        else if (body < 0) return { end: text.length, isBroken: true };
        else at = body;
        continue;
      }
      default: {
        const close = closes[char];
        if (close !== undefined) open.push(close);
        else if (char === inside) open.pop();
        else if (char === CLOSE_BRACE && inside === undefined) return { end: at, isBroken: false };
        at++;
      }
    }
  }
  return { end: text.length, isBroken: open.length > 0 };
}

/** Offset of the line end after a heredoc's closing word; -1 when it is missing; undefined when this is no heredoc. */
function heredocEnd(text: string, at: number): number | undefined {
  let from = at + 2;
  if (text[from] === '-') from++;
  let end = from;
  while (isWordCode(text.charCodeAt(end))) end++;
  if (end === from) return undefined;
  const word = text.slice(from, end);
  let line = lineEnd(text, end);
  while (line < text.length) {
    const begin = line + 1;
    line = lineEnd(text, begin);
    let first = begin;
    while (text.charCodeAt(first) === SPACE || text.charCodeAt(first) === TAB) first++;
    if (text.startsWith(word, first) && onlyBlanks(text, first + word.length, line)) return first + word.length;
  }
  return -1;
}

function onlyBlanks(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const char = text.charCodeAt(at);
    if (char !== SPACE && char !== TAB && char !== CR) return false;
  }
  return true;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Letters, digits, underscore, dash, and whatever is beyond ASCII (HCL identifiers follow Unicode's ID rules). */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    (code > 127 && code !== 0xfeff && code !== 0x2028 && code !== 0xa0)
  );
}

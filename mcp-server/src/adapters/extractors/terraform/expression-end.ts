import { heredocClose, heredocStart, isBlankCode } from './heredoc.ts';

const LF = 10;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const PERCENT = 37;
const STAR = 42;
const COMMA = 44;
const SLASH = 47;
const LESS = 60;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const closes: { readonly [open: number]: number } = { 40: 41, 91: 93, 123: 125 };

// What can change the state; everything else is skipped by the regular expression engine, which is several times faster.
const inCode = /[\n"#/<()[\]{}]/g;
const inItems = /[\n"#/<()[\]{},]/g;
const inString = /["\\\n$%]/g;
const inHeredoc = /[\n$%]/g;

export interface ExpressionEnd {
  end: number;
  /** Where the expression's own text ends: before the comments that follow it. */
  codeEnd: number;
  /** Something was left open: a bracket, a string or a heredoc. */
  isBroken: boolean;
}

/**
 * Where an HCL expression ends that starts at an offset: at the line's end, a comment or the block's closing brace, but
 * never inside brackets, quotes, templates or heredocs (HCL native syntax specification). One pass, its own stack.
 *
 * @param stopsAt tells whether a line that starts at an offset begins a new top-level block, so that a file with
 *   something left open loses one block and not the rest.
 * @param isItem of a list, an object or a call: a comma ends it too.
 */
export function expressionEnd(
  text: string,
  start: number,
  stopsAt: (lineStart: number) => boolean,
  isItem = false,
): ExpressionEnd {
  // What is open: the code of the closing bracket, QUOTE for the text part of a string, LESS for that of a heredoc.
  const open: number[] = [];
  let at = start;
  const words: string[] = [];
  let comments: { from: number; to: number } | undefined;
  const found = (end: number, isBroken: boolean): ExpressionEnd => {
    const isLast = comments !== undefined && onlyBlanks(text, comments.to, end);
    return { end, codeEnd: isLast ? (comments as { from: number }).from : end, isBroken };
  };
  while (at < text.length) {
    const inside = open[open.length - 1];
    const special = inside === QUOTE ? inString : inside === LESS ? inHeredoc : isItem ? inItems : inCode;
    special.lastIndex = at;
    if (!special.test(text)) break;
    at = special.lastIndex - 1;
    const char = text.charCodeAt(at);
    if (inside === QUOTE || inside === LESS) {
      if (char === BACKSLASH) at += 2;
      else if (char === QUOTE) {
        open.pop();
        at++;
      } else if (char === LF) {
        if (inside === QUOTE) return found(at, true);
        const close = heredocClose(text, ++at, words[words.length - 1] as string);
        if (close !== undefined) {
          open.pop();
          words.pop();
          at = close;
        }
      } else if ((char === DOLLAR || char === PERCENT) && text.charCodeAt(at + 1) === OPEN_BRACE) {
        // $${ and %%{ are text.
        if (text.charCodeAt(at - 1) !== char || at - 1 <= start) open.push(CLOSE_BRACE);
        at += 2;
      } else at++;
      continue;
    }
    switch (char) {
      case LF:
        if (inside === undefined) return found(at, false);
        at++;
        if (stopsAt(at)) return found(at - 1, true);
        continue;
      case QUOTE:
        open.push(QUOTE);
        at++;
        continue;
      case COMMA:
        if (inside === undefined) return found(at, false);
        at++;
        continue;
      case HASH:
        if (inside === undefined) return found(at, false);
        at = lineEnd(text, at);
        continue;
      case SLASH: {
        const next = text.charCodeAt(at + 1);
        if (next === SLASH) {
          if (inside === undefined) return found(at, false);
          at = lineEnd(text, at);
        } else if (next === STAR) {
          const close = text.indexOf('*/', at + 2);
          const from = comments !== undefined && onlyBlanks(text, comments.to, at) ? comments.from : at;
          at = close < 0 ? text.length : close + 2;
          if (inside === undefined) comments = { from, to: at };
        } else at++;
        continue;
      }
      case LESS: {
        const heredoc = heredocStart(text, at);
        if (heredoc === undefined) at++;
        else {
          open.push(LESS);
          words.push(heredoc.word);
          at = lineEnd(text, heredoc.end);
        }
        continue;
      }
      default: {
        const close = closes[char];
        if (close !== undefined) open.push(close);
        else if (char === inside) open.pop();
        else if (char === CLOSE_BRACE && inside === undefined) return found(at, false);
        at++;
      }
    }
  }
  return found(text.length, open.length > 0);
}

function onlyBlanks(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlankCode(text.charCodeAt(at))) return false;
  return true;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

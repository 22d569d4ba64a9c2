const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const DASH = 45;
const LESS = 60;

/** A heredoc's opening at an offset: its closing word, and the offset behind it. */
export interface HeredocStart {
  word: string;
  end: number;
}

/** Reads `<<WORD` or `<<-WORD`; undefined where none begins. */
export function heredocStart(text: string, at: number): HeredocStart | undefined {
  if (text.charCodeAt(at) !== LESS || text.charCodeAt(at + 1) !== LESS) return undefined;
  const from = text.charCodeAt(at + 2) === DASH ? at + 3 : at + 2;
  let end = from;
  while (isWordCode(text.charCodeAt(end))) end++;
  return end === from ? undefined : { word: text.slice(from, end), end };
}

/** Offset behind a heredoc's closing word when it stands alone on the line that starts here (HCL Native Syntax, Template Expressions). */
export function heredocClose(text: string, lineStart: number, word: string): number | undefined {
  let at = lineStart;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  if (!text.startsWith(word, at)) return undefined;
  const end = at + word.length;
  let rest = end;
  while (isBlankCode(text.charCodeAt(rest))) rest++;
  return rest >= text.length || text.charCodeAt(rest) === LF ? end : undefined;
}

export function isBlankCode(code: number): boolean {
  return code === SPACE || code === TAB || code === CR;
}

/** Letters, digits, underscore, dash, and whatever is beyond ASCII (HCL identifiers follow Unicode's ID rules). */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === DASH ||
    (code > 127 && code !== 0xfeff && code !== 0x2028 && code !== 0xa0)
  );
}

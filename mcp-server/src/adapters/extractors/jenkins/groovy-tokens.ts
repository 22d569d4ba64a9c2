/** One token of Groovy as far as a Jenkinsfile needs it; lines from 1. A string's value is its text between the quotes. */
export interface GroovyToken {
  type: 'word' | 'string' | 'mark';
  value: string;
  line: number;
  endLine: number;
  /** No newline or `;` stands between this token and the one before. */
  joined: boolean;
}

const wordStart = /[A-Za-z_$0-9@]/;
const wordPart = /[\w$.@]/;
// After these a slash starts a string; after anything else it divides.
const beforeSlashy = /[=(,~:[!&|?{;+]/;

/**
 * Splits a Jenkinsfile into words, strings and marks. Comments go. Total and linear: a string that is never closed ends
 * with its line (single quotes) or with the text (triple quotes). Text inside `${...}` stays part of its string.
 */
export function groovyTokens(text: string): GroovyToken[] {
  const tokens: GroovyToken[] = [];
  let at = 0;
  let line = 1;
  let joined = false;
  const push = (type: GroovyToken['type'], value: string, endLine = line) => {
    tokens.push({ type, value, line, endLine, joined });
    joined = true;
  };
  while (at < text.length) {
    const char = text[at] as string;
    if (char === '\n' || char === ';') {
      if (char === '\n') line++;
      joined = false;
      at++;
    } else if (char === ' ' || char === '\t' || char === '\r') at++;
    else if (char === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) {
      line++;
      at = text.indexOf('\n', at) + 1;
    } else if (text.startsWith('//', at) || (at === 0 && text.startsWith('#!'))) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? text.length : close + 2;
      line += newlines(text, at, end);
      at = end;
    } else {
      const literal = stringAt(text, at, tokens.at(-1), joined);
      if (literal !== undefined) {
        const endLine = line + newlines(text, at, literal.end);
        // A shell would take the carriage return of a line end for part of the last word.
        push('string', literal.value.replace(/\r(?=\n|$)/g, ''), endLine);
        line = endLine;
        at = literal.end;
      } else if (wordStart.test(char)) {
        let end = at + 1;
        while (end < text.length && wordPart.test(text[end] as string)) end++;
        push('word', text.slice(at, end));
        at = end;
      } else {
        push('mark', char);
        at++;
      }
    }
  }
  return tokens;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

type Literal = { value: string; end: number };

function stringAt(text: string, at: number, before: GroovyToken | undefined, joined: boolean): Literal | undefined {
  const char = text[at];
  if (char === '"' || char === "'") {
    const triple = char.repeat(3);
    return text.startsWith(triple, at) ? quoted(text, at + 3, triple) : quoted(text, at + 1, char);
  }
  if (text.startsWith('$/', at)) {
    const close = text.indexOf('/$', at + 2);
    return { value: text.slice(at + 2, close < 0 ? text.length : close), end: close < 0 ? text.length : close + 2 };
  }
  if (char !== '/') return undefined;
  const opens = before === undefined || !joined || (before.type === 'mark' && beforeSlashy.test(before.value));
  if (!opens) return undefined;
  let end = at + 1;
  while (end < text.length && text[end] !== '/' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  return text[end] === '/' ? { value: text.slice(at + 1, end), end: end + 1 } : undefined;
}

function quoted(text: string, start: number, quote: string): Literal {
  const interpolates = quote[0] === '"';
  let at = start;
  let depth = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '\\') at += 2;
    else if (interpolates && depth === 0 && text.startsWith('${', at)) {
      depth = 1;
      at += 2;
    } else if (depth > 0 && char !== '\n') {
      const inner = char === '"' || char === "'" ? innerEnd(text, at) : undefined;
      if (char === '{') depth++;
      else if (char === '}') depth--;
      at = inner ?? at + 1;
    } else if (text.startsWith(quote, at)) return { value: text.slice(start, at), end: at + quote.length };
    else if (char === '\n' && quote.length === 1) break;
    else {
      if (char === '\n') depth = 0;
      at++;
    }
  }
  const end = Math.min(at, text.length);
  return { value: text.slice(start, end), end };
}

/** End of a string inside `${...}`; undefined when it does not close on its line, and the quote then means nothing. */
function innerEnd(text: string, at: number): number | undefined {
  const quote = text[at];
  let end = at + 1;
  while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  return text[end] === quote ? end + 1 : undefined;
}

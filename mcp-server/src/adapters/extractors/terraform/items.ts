import type { Attribute } from './block.ts';
import { expressionEnd, lineEnd } from './expression-end.ts';

const never = () => false;

/**
 * The items of an object expression as attributes with their lines; a key that is an expression is left out. Empty for
 * anything else than an object.
 *
 * @param line where the expression begins
 */
export function objectItems(raw: string, line: number): Attribute[] {
  if (!raw.startsWith('{') || !raw.endsWith('}')) return [];
  const items: Attribute[] = [];
  for (const { text, line: begin } of itemsOf(raw.slice(1, -1), line, true)) {
    const key = /^(?:"((?:[^"\\$\n]|\\.)*)"|([^\s=:({["]+))\s*[=:](?!=)\s*/.exec(text);
    if (key === null) continue;
    const value = text.slice(key[0].length);
    const endLine = begin + text.split('\n').length - 1;
    items.push({ name: (key[1] ?? key[2]) as string, raw: value, line: begin, endLine });
  }
  return items;
}

/** The arguments of a call of this function, as an expression that is nothing else; undefined for any other. */
export function argumentsOf(raw: string, name: string, line = 1): Item[] | undefined {
  const isCall = raw.startsWith(`${name}(`) && raw.endsWith(')');
  return isCall ? itemsOf(raw.slice(name.length + 1, -1), line, false) : undefined;
}

/** The items of a list expression; empty for anything else. */
export function listItems(raw: string, line = 1): Item[] {
  return raw.startsWith('[') && raw.endsWith(']') ? itemsOf(raw.slice(1, -1), line, false) : [];
}

/** One item as written, and its line. */
export interface Item {
  text: string;
  line: number;
}

/** What commas separate, and line ends where they do; comments around the items are left out. One pass. */
function itemsOf(inner: string, line: number, endsAtLine: boolean): Item[] {
  const items: Item[] = [];
  let at = 0;
  let current = line;
  const goTo = (end: number) => {
    for (let next = inner.indexOf('\n', at); next >= 0 && next < end; next = inner.indexOf('\n', next + 1)) current++;
    at = end;
  };
  while (at < inner.length) {
    const char = inner[at] as string;
    if (char === '\n') goTo(at + 1);
    else if (char === ',' || char === ' ' || char === '\t' || char === '\r') at++;
    else if (char === '#' || inner.startsWith('//', at)) at = lineEnd(inner, at);
    else if (inner.startsWith('/*', at)) {
      const close = inner.indexOf('*/', at + 2);
      goTo(close < 0 ? inner.length : close + 2);
    } else {
      const { end, codeEnd } = itemEnd(inner, at, endsAtLine);
      items.push({ text: inner.slice(at, codeEnd).trim(), line: current });
      goTo(Math.max(end, at + 1));
    }
  }
  return items;
}

function itemEnd(inner: string, start: number, endsAtLine: boolean): { end: number; codeEnd: number } {
  let found = expressionEnd(inner, start, never, true);
  while (!endsAtLine && found.end < inner.length && inner[found.end] !== ',') {
    const next = inner[found.end] === '\n' ? found.end + 1 : lineEnd(inner, found.end);
    found = expressionEnd(inner, Math.max(next, found.end + 1), never, true);
  }
  return found;
}

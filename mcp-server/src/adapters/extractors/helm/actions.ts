import { lineFinder } from '../../../domain/extract/build.ts';

/** A token of a Go template action (pkg.go.dev/text/template, "Actions"): a path `.a.b`, `$x.a`, a word, a string, a mark. */
export interface ActionToken {
  type: 'path' | 'word' | 'string' | 'mark';
  value: string;
}

/** One `{{ ... }}`; lines from 1. */
export interface TemplateAction {
  tokens: ActionToken[];
  /** The source between the braces, without trim marks. */
  text: string;
  line: number;
  endLine: number;
  /** Offset of the opening braces. */
  start: number;
  end: number;
}

const longestAction = 20_000;

/** Every action of a template in source order; comments give none, an action that is never closed ends the list. Linear. */
export function templateActions(text: string): TemplateAction[] {
  const actions: TemplateAction[] = [];
  const lineAt = lineFinder(text);
  for (let start = text.indexOf('{{'); start >= 0; ) {
    const body = text[start + 2] === '-' ? start + 3 : start + 2;
    if (/^\s*\/\*/.test(text.slice(body, body + 40))) {
      const close = text.indexOf('*/', body);
      if (close < 0) break;
      start = text.indexOf('{{', close);
      continue;
    }
    const read = readAction(text, body);
    if (read === undefined) {
      // Unclosed: what follows the next opening may still be read.
      start = text.indexOf('{{', start + 2);
      continue;
    }
    actions.push({
      tokens: read.tokens,
      text: text.slice(body, read.end).replace(/-\s*$/, '').trim(),
      line: lineAt(start),
      endLine: lineAt(read.end),
      start,
      end: read.end + 2,
    });
    start = text.indexOf('{{', read.end + 2);
  }
  return actions;
}

function readAction(text: string, from: number): { tokens: ActionToken[]; end: number } | undefined {
  const tokens: ActionToken[] = [];
  const stop = Math.min(text.length, from + longestAction);
  let at = from;
  while (at < stop) {
    const char = text[at] as string;
    if (text.startsWith('}}', at)) return { tokens, end: at };
    if (char === '"' || char === '`' || char === "'") {
      let end = at + 1;
      while (end < stop && text[end] !== char) end += text[end] === '\\' && char !== '`' ? 2 : 1;
      tokens.push({ type: 'string', value: text.slice(at + 1, Math.min(end, stop)) });
      at = end + 1;
    } else if (/[\w.$]/.test(char)) {
      let end = at + 1;
      while (end < stop && /[\w.$]/.test(text[end] as string)) end++;
      const value = text.slice(at, end);
      tokens.push({ type: /^[.$]/.test(value) ? 'path' : 'word', value });
      at = end;
    } else if (/\s/.test(char)) at++;
    else if (text.startsWith('{{', at)) return undefined;
    else {
      const mark = text.startsWith(':=', at) ? ':=' : char;
      tokens.push({ type: 'mark', value: mark });
      at += mark.length;
    }
  }
  return undefined;
}

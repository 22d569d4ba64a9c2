import type { GroovyToken } from './groovy-tokens.ts';

/** One call within a statement: `string(name: 'X', defaultValue: 'y')`, `cron('H 4 * * *')`. */
export interface GroovyCall {
  name: string;
  line: number;
  endLine: number;
  /** Named arguments that are a string or a word. */
  named: ReadonlyMap<string, GroovyToken>;
  /** Positional strings. */
  positional: readonly GroovyToken[];
}

interface Open {
  call:
    | { name: string; line: number; endLine: number; named: Map<string, GroovyToken>; positional: GroovyToken[] }
    | undefined;
}

/** Every call with parentheses or with a bare argument in a statement's tokens, outer before inner. Linear. */
export function callsIn(tokens: readonly GroovyToken[]): GroovyCall[] {
  const found: NonNullable<Open['call']>[] = [];
  const stack: Open[] = [];
  const first = tokens.find((token) => token.type === 'word');
  // `sh 'x'` and `input message: 'x'`: the whole statement is the call's argument list.
  if (first !== undefined) {
    const next = tokens[tokens.indexOf(first) + 1];
    if (next !== undefined && (next.type !== 'mark' || next.value === '[')) {
      const call = {
        name: first.value,
        line: first.line,
        endLine: tokens.at(-1)?.endLine ?? first.line,
        named: new Map(),
        positional: [],
      };
      found.push(call);
      stack.push({ call });
    }
  }
  const bottom = stack.length;
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    if (token.type === 'mark' && (token.value === '(' || token.value === '[')) {
      const isCall = token.value === '(' && before?.type === 'word';
      const call = isCall
        ? { name: before.value, line: before.line, endLine: before.endLine, named: new Map(), positional: [] }
        : undefined;
      if (call !== undefined) found.push(call);
      stack.push({ call });
    } else if (token.type === 'mark' && (token.value === ')' || token.value === ']')) {
      const open = stack.length > bottom ? stack.pop() : undefined;
      if (open?.call !== undefined) open.call.endLine = token.endLine;
    } else if (token.type !== 'mark') {
      const call = stack.at(-1)?.call;
      if (call === undefined || tokens[at + 1]?.value === ':' || token === first) return;
      const key = before?.value === ':' && before.type === 'mark' ? tokens[at - 2] : undefined;
      if (key !== undefined) {
        if (!call.named.has(key.value)) call.named.set(key.value, token);
      } else if (token.type === 'string') call.positional.push(token);
    }
  });
  return found;
}

import type { JinjaToken } from './tokens.ts';

/** One place where an expression needs a variable. */
export interface VariableUse {
  name: string;
  /** Offset of the name in the text that was scanned. */
  at: number;
  /** It may be undefined here: a `default` filter follows, or a `defined` / `undefined` test asks. */
  guarded: boolean;
  /** The test asks whether it is still undefined. */
  asksUndefined?: true;
  /** What stands in `default(...)`, as written, when that is one literal, an empty list or an empty map. */
  fallback?: string;
}

/** A call of `lookup` or `query` whose plug-in, and perhaps first term, are literal. */
export interface Lookup {
  plugin: string;
  term?: string;
  at: number;
}

export interface ExpressionScan {
  uses: VariableUse[];
  lookups: Lookup[];
}

const words = new Set('and or not in is if else true false none True False None'.split(' '));
/** What Jinja and Ansible put into every template: values, and functions, whose names are free where nothing is called. */
const globalValues = new Set('loop omit super self caller varargs kwargs'.split(' '));
const globalFunctions = new Set('lookup query q range dict namespace lipsum cycler joiner now undef'.split(' '));

/**
 * Variables that a tokenised Jinja expression reads. Names behind a dot, of filters, of tests and of keyword arguments
 * are not variables; `vars['x']` and `lookup('vars', 'x')` are uses of x. Linear and total, broken expressions included.
 */
export function scanTokens(
  tokens: readonly JinjaToken[],
  isLocal: (name: string) => boolean = () => false,
): ExpressionScan {
  const found: ExpressionScan = { uses: [], lookups: [] };
  const closing = matchBrackets(tokens);
  let calls = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as JinjaToken;
    if (token.text === '(' && token.kind === 'operator') calls++;
    if (token.text === ')' && token.kind === 'operator') calls--;
    if (token.kind !== 'name' || words.has(token.text) || isNotVariable(tokens, index, calls > 0)) continue;
    if (globalValues.has(token.text)) continue;
    if (globalFunctions.has(token.text) && is(tokens[index + 1], '(')) {
      addLookup(found, tokens, index);
      continue;
    }
    const named = namedByVars(tokens, index);
    const use = named ?? token;
    if (isLocal(use.text)) continue;
    found.uses.push({ name: use.text, at: use.at, ...guard(tokens, named === undefined ? index : index + 3, closing) });
  }
  return found;
}

function isNotVariable(tokens: readonly JinjaToken[], index: number, inCall: boolean): boolean {
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  if (is(before, '.') || is(before, '|') || is(before, 'is')) return true;
  if (is(before, 'not') && is(tokens[index - 2], 'is')) return true;
  return inCall && is(next, '=');
}

function is(token: JinjaToken | undefined, text: string): boolean {
  return token !== undefined && token.kind !== 'string' && token.text === text;
}

/** vars['x'] -> the token of x. */
function namedByVars(tokens: readonly JinjaToken[], index: number): JinjaToken | undefined {
  if (!is(tokens[index], 'vars') || !is(tokens[index + 1], '[') || !is(tokens[index + 3], ']')) return undefined;
  return literalName(tokens[index + 2]);
}

function literalName(token: JinjaToken | undefined): JinjaToken | undefined {
  if (token?.kind !== 'string' || !/^[A-Za-z_]\w*$/.test(token.text)) return undefined;
  return { ...token, at: token.at + 1 };
}

function addLookup(found: ExpressionScan, tokens: readonly JinjaToken[], index: number): void {
  if (!['lookup', 'query', 'q'].includes((tokens[index] as JinjaToken).text)) return;
  const plugin = tokens[index + 2];
  if (plugin?.kind !== 'string') return;
  const isOnlyTerm = is(tokens[index + 3], ',') && tokens[index + 4]?.kind === 'string' && !isJoined(tokens[index + 5]);
  const term = isOnlyTerm ? tokens[index + 4] : undefined;
  const name = plugin.text.replace(/^ansible\.builtin\./, '');
  found.lookups.push({ plugin: name, at: plugin.at, ...(term === undefined ? {} : { term: term.text }) });
  const variable = name === 'vars' || name === 'varnames' ? literalName(term) : undefined;
  if (variable !== undefined && name === 'vars') {
    // lookup('vars', 'x', default=...) does not fail on an undefined x.
    const guarded = is(tokens[index + 5], ',') && is(tokens[index + 6], 'default');
    found.uses.push({ name: variable.text, at: variable.at, guarded });
  }
}

function isJoined(token: JinjaToken | undefined): boolean {
  return is(token, '~') || is(token, '+') || is(token, '%') || is(token, '.');
}

/** Looks behind a name, over its attributes, subscripts and calls, for a default filter or a test of being defined. */
function guard(
  tokens: readonly JinjaToken[],
  index: number,
  closing: ReadonlyMap<number, number>,
): Pick<VariableUse, 'guarded' | 'asksUndefined' | 'fallback'> {
  let at = index + 1;
  for (;;) {
    if (is(tokens[at], '.')) at += 2;
    else if (is(tokens[at], '[') || is(tokens[at], '(')) at = (closing.get(at) ?? tokens.length) + 1;
    else break;
  }
  if (is(tokens[at], 'is')) {
    const isNegated = is(tokens[at + 1], 'not');
    const test = tokens[isNegated ? at + 2 : at + 1];
    if (!is(test, 'defined') && !is(test, 'undefined')) return { guarded: false };
    const isDefined = is(test, 'defined') !== (isNegated || is(tokens[index - 1], 'not'));
    return isDefined ? { guarded: true } : { guarded: true, asksUndefined: true };
  }
  if (!is(tokens[at], '|')) return { guarded: false };
  let filter = at + 1;
  while (is(tokens[filter + 1], '.')) filter += 2;
  if (!is(tokens[filter], 'default') && !is(tokens[filter], 'd')) return { guarded: false };
  const literal = tokens[filter + 2];
  const isEmpty =
    (is(literal, '[') && is(tokens[filter + 3], ']')) || (is(literal, '{') && is(tokens[filter + 3], '}'));
  const after = tokens[isEmpty ? filter + 4 : filter + 3];
  if (!is(tokens[filter + 1], '(') || literal === undefined || !(is(after, ')') || is(after, ',')))
    return { guarded: true };
  if (isEmpty) return { guarded: true, fallback: literal.text === '[' ? '[]' : '{}' };
  if (literal.kind === 'string') return { guarded: true, fallback: literal.text };
  const isLiteral = literal.kind === 'number' || /^(?:true|false|none)$/i.test(literal.text);
  return isLiteral ? { guarded: true, fallback: literal.text } : { guarded: true };
}

function matchBrackets(tokens: readonly JinjaToken[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'operator') return;
    if ('([{'.includes(token.text)) open.push(index);
    if (')]}'.includes(token.text)) {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, index);
    }
  });
  return pairs;
}

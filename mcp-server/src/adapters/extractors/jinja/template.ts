import { type ExpressionScan, scanTokens } from './expression.ts';
import { type JinjaToken, tokenise } from './tokens.ts';

/** Another template that one pulls in; without a target when that is an expression. */
interface TemplateInclude {
  kind: 'include' | 'import' | 'extends';
  target?: string;
  at: number;
}

export interface TemplateScan extends ExpressionScan {
  includes: TemplateInclude[];
  /** Conditions of if and elif, as written. */
  conditions: { text: string; at: number }[];
}

/** What a bare expression reads, such as a `when`; text with `{{` in it is read as a template. */
export function scanExpression(text: string): TemplateScan {
  if (text.includes('{{') || text.includes('{%')) return scanTemplate(text);
  return { ...scanTokens(tokenise(text)), includes: [], conditions: [] };
}

/**
 * What a Jinja2 template reads from outside: names that the template itself sets, loops over, imports or takes as macro
 * arguments are left out from there on. Total: an unclosed tag ends at the end of the text. A template of Go's, which
 * Jinja2 refuses, reads nothing.
 */
export function scanTemplate(text: string): TemplateScan {
  const scan = new Scanner();
  const opening = /\{\{|\{%|\{#/g;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = match.index + 2;
    if (match[0] === '{#') {
      const close = text.indexOf('#}', start);
      if (close < 0) break;
      opening.lastIndex = close + 2;
      continue;
    }
    const end = closeOf(text, start, match[0] === '{{' ? '}}' : '%}');
    const tokens = trimmed(tokenise(text, start, end));
    if (match[0] === '{{' && isOfGo(tokens)) return emptyScan();
    if (match[0] === '{{') scan.expression(tokens);
    else if (isWord(tokens[0], 'raw')) {
      endRaw.lastIndex = end;
      if (endRaw.exec(text) === null) break;
      opening.lastIndex = endRaw.lastIndex;
      continue;
    } else scan.statement(tokens, text);
    opening.lastIndex = Math.min(text.length, end + 2);
  }
  return scan.found;
}

function emptyScan(): TemplateScan {
  return { uses: [], lookups: [], includes: [], conditions: [] };
}

/** `{{ .Values.x }}`, `{{ $x }}`, `{{ define "x" }}`, `{{ range .x }}`: no expression of Jinja2 begins so. */
function isOfGo([first, second]: readonly JinjaToken[]): boolean {
  if (first?.kind === 'operator') return first.text === '.' || first.text === '$';
  if (first?.kind !== 'name' || second === undefined) return false;
  return second.kind === 'string' || (second.text === '.' && second.at > first.end);
}

const includeOption = new Set(['ignore', 'with', 'without']);
const endRaw = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;

/** Offset of the closing delimiter that is not inside a string. */
function closeOf(text: string, from: number, close: string): number {
  let braces = 0;
  const lone = new Set<string>();
  for (let at = from; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"' || char === "'") {
      // A lone apostrophe does not swallow the rest of the template, and is looked for once only.
      const end = lone.has(char) ? undefined : stringEnd(text, at, char);
      if (end === undefined) lone.add(char);
      else at = end;
    } else if (braces === 0 && text.startsWith(close, at)) return at;
    else if (char === '{') braces++;
    else if (char === '}') braces = Math.max(0, braces - 1);
  }
  return text.length;
}

function stringEnd(text: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

/** Without the white space control of `{{-` and `-%}`. */
function trimmed(tokens: JinjaToken[]): JinjaToken[] {
  const isControl = (token: JinjaToken | undefined) =>
    token?.kind === 'operator' && (token.text === '-' || token.text === '+');
  return tokens.slice(isControl(tokens[0]) ? 1 : 0, isControl(tokens.at(-1)) ? -1 : undefined);
}

function isWord(token: JinjaToken | undefined, text: string): boolean {
  return token?.kind === 'name' && token.text === text;
}

class Scanner {
  readonly found: TemplateScan = emptyScan();
  private readonly scopes: Set<string>[] = [new Set()];

  expression(tokens: readonly JinjaToken[]): void {
    const { uses, lookups } = scanTokens(tokens, (name) => this.scopes.some((scope) => scope.has(name)));
    this.found.uses.push(...uses);
    this.found.lookups.push(...lookups);
  }

  statement(tokens: readonly JinjaToken[], text: string): void {
    const [first, ...rest] = tokens;
    if (first === undefined) return;
    switch (first.text) {
      case 'for':
        return this.forLoop(rest);
      case 'set':
        return this.set(rest);
      case 'macro':
      case 'call':
        return this.macro(first.text, rest);
      case 'with':
        this.scopes.push(new Set());
        return this.assignments(rest);
      case 'endfor':
      case 'endmacro':
      case 'endcall':
      case 'endwith':
        if (this.scopes.length > 1) this.scopes.pop();
        return;
      case 'if':
      case 'elif':
        this.condition(rest, text);
        return this.expression(rest);
      case 'include':
      case 'extends':
      case 'import':
      case 'from':
        return this.include(first, rest);
      case 'block':
      case 'endblock':
      case 'else':
      case 'endif':
      case 'endset':
      case 'endfilter':
        return;
      case 'filter':
        return this.expression(rest.slice(1));
      default:
        return this.expression(rest);
    }
  }

  private declare(name: string): void {
    this.scopes.at(-1)?.add(name);
  }

  private condition(tokens: readonly JinjaToken[], text: string): void {
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first === undefined || last === undefined) return;
    this.found.conditions.push({ text: text.slice(first.at, last.end), at: first.at });
  }

  private forLoop(tokens: readonly JinjaToken[]): void {
    const at = tokens.findIndex((token) => isWord(token, 'in'));
    // The filter behind the list (`for x in list if x.y`) already sees the loop's own names.
    let depth = 0;
    let cut = tokens.length;
    for (let index = at + 1; index < tokens.length; index++) {
      const token = tokens[index] as JinjaToken;
      if (token.kind === 'operator' && '([{'.includes(token.text)) depth++;
      if (token.kind === 'operator' && ')]}'.includes(token.text)) depth--;
      if (depth === 0 && isWord(token, 'if') && cut === tokens.length) cut = index;
      // `for x in (a if b else c)` without parentheses.
      if (depth === 0 && isWord(token, 'else')) cut = tokens.length;
    }
    const list = tokens.slice(at + 1, cut);
    this.expression(isWord(list.at(-1), 'recursive') ? list.slice(0, -1) : list);
    this.scopes.push(
      new Set(tokens.slice(0, Math.max(0, at)).flatMap((token) => (token.kind === 'name' ? token.text : []))),
    );
    const condition = tokens.slice(cut);
    this.expression(isWord(condition.at(-1), 'recursive') ? condition.slice(0, -1) : condition);
  }

  private set(tokens: readonly JinjaToken[]): void {
    const at = tokens.findIndex((token) => token.kind === 'operator' && token.text === '=');
    const targets = at < 0 ? tokens : tokens.slice(0, at);
    if (at >= 0) this.expression(tokens.slice(at + 1));
    // `set ns.x = 1` changes a namespace that is already known; `set x | upper` filters a block.
    const stop = targets.findIndex((token) => token.kind === 'operator' && (token.text === '.' || token.text === '|'));
    for (const token of stop < 0 ? targets : targets.slice(0, stop))
      if (token.kind === 'name') this.declare(token.text);
  }

  private macro(kind: 'macro' | 'call', tokens: readonly JinjaToken[]): void {
    const named = kind === 'macro' ? tokens[0] : undefined;
    if (named !== undefined) this.declare(named.text);
    this.scopes.push(new Set());
    const parameters = named === undefined ? tokens : tokens.slice(1);
    const isList = parameters[0]?.kind === 'operator' && parameters[0].text === '(';
    const close = isList ? parameters.findIndex((token) => token.kind === 'operator' && token.text === ')') : -1;
    if (isList) this.assignments(parameters.slice(1, close < 0 ? undefined : close));
    if (kind === 'call') this.expression(parameters.slice(close + 1));
  }

  /** `a, b=1, c=x`: the left sides become local, the right sides are read. */
  private assignments(tokens: readonly JinjaToken[]): void {
    let depth = 0;
    let start = 0;
    const one = (part: readonly JinjaToken[]) => {
      if (part[0]?.kind === 'name') this.declare(part[0].text);
      this.expression(part.slice(2));
    };
    tokens.forEach((token, index) => {
      if (token.kind !== 'operator') return;
      if ('([{'.includes(token.text)) depth++;
      if (')]}'.includes(token.text)) depth--;
      if (depth === 0 && token.text === ',') {
        one(tokens.slice(start, index));
        start = index + 1;
      }
    });
    one(tokens.slice(start));
  }

  private include(word: JinjaToken, tokens: readonly JinjaToken[]): void {
    const kind = word.text === 'from' ? 'import' : (word.text as TemplateInclude['kind']);
    const [first, second] = tokens;
    const isLiteral = first?.kind === 'string' && (second === undefined || second.kind === 'name');
    this.found.includes.push({ kind, at: first?.at ?? word.at, ...(isLiteral ? { target: first.text } : {}) });
    const names = tokens.findIndex((token) => isWord(token, word.text === 'from' ? 'import' : 'as'));
    const options = tokens.findIndex((token) => includeOption.has(token.text) && token.kind === 'name');
    const ends = [names, options].filter((at) => at >= 0);
    if (!isLiteral) this.expression(tokens.slice(0, Math.min(tokens.length, ...ends)));
    if (names < 0 || kind !== 'import') return;
    // `import x as y`; `from x import a as b, c`: what is behind `as`, else the name itself.
    tokens.slice(names + 1, options > names ? options : undefined).forEach((token, index, all) => {
      if (token.kind === 'name' && token.text !== 'as' && !isWord(all[index + 1], 'as')) this.declare(token.text);
    });
  }
}

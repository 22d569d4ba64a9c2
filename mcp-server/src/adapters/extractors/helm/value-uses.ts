import type { ActionToken, TemplateAction } from './actions.ts';

/** A value that a template reads: its dotted path below .Values, and how. */
export interface ValueUse {
  path: string;
  line: number;
  endLine: number;
  /** `required "message" .Values.x`: rendering fails without it. */
  required?: string;
  /** A `default` stands in for it. */
  hasDefault?: boolean;
}

/** A block that an action opens, as far as what its dot means and what it depends on. */
export interface Block {
  word: string;
  /** Dotted path below .Values that the dot means inside (`with .Values.image`); undefined when it means something else. */
  dot: string | undefined;
  action: TemplateAction;
}

const opens = /^(?:if|with|range|define|block)$/;

/**
 * Walks a template's actions with their block structure: follows `with`, variables and `index` so that `.tag` inside
 * `with .Values.image` and `$image.tag` are known as `image.tag`. `range` makes the dot an unknown item.
 */
export function walkActions(
  actions: readonly TemplateAction[],
  visit: (action: TemplateAction, uses: ValueUse[], blocks: readonly Block[]) => void,
): void {
  const blocks: Block[] = [];
  const variables = new Map<string, string>();
  for (const action of actions) {
    const [first] = action.tokens;
    const word = first?.type === 'word' ? first.value : '';
    if (word === 'end') {
      blocks.pop();
      continue;
    }
    const uses = usesOf(action, blocks, variables);
    assign(action, uses, variables);
    visit(action, uses, blocks);
    if (opens.test(word)) blocks.push({ word, dot: dotInside(word, action, uses, blocks.at(-1)), action });
    // `else with` changes the dot of the block that stays open.
    else if (word === 'else' && action.tokens[1]?.value === 'with' && blocks.length > 0)
      blocks[blocks.length - 1] = { word: 'with', dot: uses[0]?.path, action };
  }
}

function dotInside(
  word: string,
  action: TemplateAction,
  uses: ValueUse[],
  outer: Block | undefined,
): string | undefined {
  if (word === 'if') return outer === undefined ? '.' : outer.dot;
  if (word === 'define' || word === 'block') return '.';
  if (word === 'with') return uses.length === 1 && action.tokens.length <= 4 ? uses[0]?.path : undefined;
  return undefined;
}

function assign(action: TemplateAction, uses: readonly ValueUse[], variables: Map<string, string>): void {
  const at = action.tokens.findIndex((token) => token.value === ':=' || token.value === '=');
  const name = action.tokens[at - 1];
  if (at < 1 || name?.type !== 'path' || !name.value.startsWith('$')) return;
  const rest = action.tokens.slice(at + 1);
  const [only] = uses;
  // A variable stands for a value only where the expression is nothing but the value, perhaps with a default.
  const plain = rest.every((token) => token.type !== 'word' || /^(?:default|dict|index)$/.test(token.value));
  if (plain && uses.length === 1 && only !== undefined && action.tokens[0]?.value !== 'range')
    variables.set(name.value, only.path);
  else variables.delete(name.value);
}

function usesOf(action: TemplateAction, blocks: readonly Block[], variables: ReadonlyMap<string, string>): ValueUse[] {
  const uses: ValueUse[] = [];
  const { tokens } = action;
  const hasDefault = tokens.some(
    (token) => token.type === 'word' && /^(?:default|coalesce|ternary)$/.test(token.value),
  );
  tokens.forEach((token, at) => {
    const base = token.type === 'path' ? valuesPath(token.value, blocks, variables) : undefined;
    if (base === undefined) return;
    const path = [base, ...indexKeys(tokens, at)].filter((part) => part !== '').join('.');
    if (path === '') return;
    const use: ValueUse = { path, line: action.line, endLine: action.endLine };
    const before = tokens[at - 2];
    if (before?.value === 'required' && tokens[at - 1]?.type === 'string') use.required = tokens[at - 1]?.value ?? '';
    else if (tokens[at + 1]?.value === '|' && tokens[at + 2]?.value === 'required')
      use.required = tokens[at + 3]?.value ?? '';
    if (hasDefault) use.hasDefault = true;
    uses.push(use);
  });
  return uses;
}

/** The path below .Values that a path token means; '' for .Values itself, undefined for anything else. */
function valuesPath(
  token: string,
  blocks: readonly Block[],
  variables: ReadonlyMap<string, string>,
): string | undefined {
  const values = /^(?:\$\w*)?\.Values(?:\.(.*))?$/.exec(token);
  if (values !== null) return trimDots(values[1] ?? '');
  const variable = /^(\$\w+)(?:\.(.*))?$/.exec(token);
  if (variable !== null) {
    const base = variables.get(variable[1] as string);
    return base === undefined ? undefined : trimDots(variable[2] === undefined ? base : `${base}.${variable[2]}`);
  }
  const dot = blocks.at(-1)?.dot;
  if (dot === undefined || dot === '.' || !token.startsWith('.')) return undefined;
  return trimDots(`${dot}${token}`);
}

function trimDots(path: string): string {
  return path.replace(/\.+$/, '');
}

/** `index .Values "a" "b-c"`, `get .Values "a"` and `hasKey .Values.a "b"` name further keys as strings. */
function indexKeys(tokens: readonly ActionToken[], at: number): string[] {
  if (!/^(?:index|get|hasKey)$/.test(tokens[at - 1]?.value ?? '')) return [];
  const keys: string[] = [];
  for (let next = at + 1; tokens[next]?.type === 'string'; next++) {
    const key = tokens[next]?.value ?? '';
    keys.push(/[.\s"]/.test(key) ? `"${key}"` : key);
  }
  return keys;
}

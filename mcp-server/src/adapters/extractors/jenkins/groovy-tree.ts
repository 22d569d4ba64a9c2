import { type GroovyToken, groovyTokens } from './groovy-tokens.ts';

/** A statement: its own tokens, and for one that opens a closure what stands inside. `sh 'x'`, `stage('A') { ... }`, `b: { ... }`. */
export interface GroovyNode {
  /** First word of the head: `stage`, `sh`, `when`, `if`; empty for a bare closure. For `x = sh(...)` it is the call. */
  name: string;
  head: readonly GroovyToken[];
  line: number;
  endLine: number;
  /** Statements of the closure; undefined for a statement without one. */
  body?: GroovyNode[];
  /** Branch of a map of closures: `linux` in `parallel linux: { ... }`. */
  label?: string;
}

interface Frame {
  node: GroovyNode;
  head: GroovyToken[];
  /** Open parentheses and brackets of the current statement. */
  depth: number;
  /** The call whose arguments are closures: `parallel` in `parallel a: {...}, b: {...}`. */
  call: string;
}

/**
 * The statements of a Jenkinsfile as a tree. Total: an unclosed brace ends with the text, a stray one is ignored.
 * Iterative, so depth costs memory and never the stack.
 */
export function groovyTree(text: string): { roots: GroovyNode[]; unclosed?: number } {
  const root: GroovyNode = { name: '', head: [], line: 1, endLine: 1, body: [] };
  const stack: Frame[] = [{ node: root, head: [], depth: 0, call: '' }];
  const top = () => stack[stack.length - 1] as Frame;
  const finish = (frame: Frame) => {
    const node = statement(frame.head);
    if (node !== undefined) frame.node.body?.push(node);
    frame.head = [];
  };
  let last = 1;
  for (const token of groovyTokens(text)) {
    const frame = top();
    last = token.endLine;
    if (!token.joined && frame.depth === 0 && !continues(frame.head, token)) {
      finish(frame);
      frame.call = '';
    }
    if (token.type !== 'mark') {
      frame.head.push(token);
      continue;
    }
    if (token.value === '{') {
      const node = opened(frame, token);
      frame.node.body?.push(node);
      frame.head = [];
      stack.push({ node, head: [], depth: 0, call: '' });
    } else if (token.value === '}') {
      finish(frame);
      frame.node.endLine = token.endLine;
      holdStages(frame.node);
      if (stack.length > 1) stack.pop();
    } else {
      if (token.value === '(' || token.value === '[') frame.depth++;
      else if ((token.value === ')' || token.value === ']') && frame.depth > 0) frame.depth--;
      frame.head.push(token);
    }
  }
  const unclosed = stack.length > 1 ? top().node.line : undefined;
  for (const frame of stack.reverse()) {
    finish(frame);
    frame.node.endLine = Math.max(frame.node.endLine, last);
    holdStages(frame.node);
  }
  return unclosed === undefined ? { roots: root.body ?? [] } : { roots: root.body ?? [], unclosed };
}

/** `stage 'A'` without a closure, as older pipelines have it, holds what follows up to the next stage. */
function holdStages(node: GroovyNode): void {
  if (node.body?.some(isOpenStage) !== true) return;
  const kept: GroovyNode[] = [];
  let open: GroovyNode | undefined;
  for (const child of node.body) {
    if (child.name === 'stage') open = undefined;
    if (open === undefined) kept.push(child);
    else {
      open.body?.push(child);
      open.endLine = Math.max(open.endLine, child.endLine);
    }
    if (isOpenStage(child)) {
      child.body = [];
      open = child;
    }
  }
  node.body = kept;
}

const isOpenStage = (node: GroovyNode) => node.name === 'stage' && node.body === undefined;

/** A line that starts with a mark such as `,` or `.` or follows an operator belongs to the statement before it. */
function continues(head: readonly GroovyToken[], token: GroovyToken): boolean {
  if (token.type === 'mark' && /[,.:?&|{]/.test(token.value)) return true;
  const before = head.at(-1);
  return before?.type === 'mark' && /[,:=+&|?]/.test(before.value);
}

function opened(frame: Frame, brace: GroovyToken): GroovyNode {
  const { head } = frame;
  const first = firstWord(head);
  const label = head.at(-1)?.value === ':' ? head.at(-2)?.value : undefined;
  if (label !== undefined && first !== undefined && first.value !== label) frame.call = first.value;
  const start = label === undefined ? (head.find((token) => token.type !== 'mark') ?? brace) : (head.at(-2) ?? brace);
  const node: GroovyNode = {
    name: label === undefined ? (first?.value ?? '') : frame.call,
    head,
    line: start.line,
    endLine: brace.endLine,
    body: [],
  };
  if (label !== undefined) node.label = label;
  return node;
}

function statement(head: readonly GroovyToken[]): GroovyNode | undefined {
  const first = head.find((token) => token.type !== 'mark');
  if (first === undefined) return undefined;
  const end = head.at(-1) as GroovyToken;
  return { name: firstWord(head)?.value ?? '', head, line: first.line, endLine: end.endLine };
}

const declares = /^(?:def|final|String|boolean|int|return|else|var)$/;

/** The word that says what the statement does, past `def x =`, `return` and `}` marks. */
function firstWord(head: readonly GroovyToken[]): GroovyToken | undefined {
  const equals = head.findIndex((token) => token.value === '=' && token.type === 'mark');
  const after = equals >= 0 ? head.slice(equals + 1).find((token) => token.type === 'word') : undefined;
  const called = after !== undefined && isCall(head, after) ? after : undefined;
  return called ?? head.find((token) => token.type === 'word' && !declares.test(token.value));
}

function isCall(head: readonly GroovyToken[], word: GroovyToken): boolean {
  const next = head[head.indexOf(word) + 1];
  return next !== undefined && (next.type === 'string' || next.value === '(' || next.type === 'word');
}

/** The argument of a call by its name (`script: 'x'`), or its first positional string. */
export function argument(node: GroovyNode, key?: string): GroovyToken | undefined {
  const { head } = node;
  if (key === undefined) {
    const start = head.findIndex((token) => token.type === 'word' && token.value === node.name);
    let at = start + 1;
    while (head[at]?.type === 'mark' && /[([]/.test(head[at]?.value ?? '')) at++;
    const token = head[at];
    return token?.type === 'string' && head[at + 1]?.value !== ':' ? token : undefined;
  }
  const at = head.findIndex((token, index) => token.value === key && head[index + 1]?.value === ':');
  return at < 0 ? undefined : head[at + 2];
}

/** The head as one line of text, for conditions and expressions. */
export function spell(tokens: readonly GroovyToken[]): string {
  let text = '';
  for (const token of tokens) {
    const part = token.type === 'string' ? `'${token.value}'` : token.value;
    text += text !== '' && /[\w')\]]$/.test(text) && /^[\w'"]/.test(part) ? ` ${part}` : part;
  }
  return text;
}

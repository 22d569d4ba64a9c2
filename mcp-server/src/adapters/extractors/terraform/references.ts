import { codeParts } from './code-parts.ts';

/** The first parts of a traversal: `var.a`, `local.a`, `module.a`, `data.t.n`, or `t.n` of a resource. */
export interface Traversal {
  root: 'var' | 'local' | 'module' | 'data' | 'resource';
  /** What is named: `a`, or `type.name`. */
  name: string;
  /** The output that is read of a module. */
  output?: string;
}

const chain = /[A-Za-z_][\w-]*(?:\s?\.\s?[A-Za-z_*][\w-]*)+/g;
const outputAfterIndex = /\[[^[\]\n]{0,80}\]\s*\.\s*([A-Za-z_][\w-]*)/y;

/**
 * What an expression refers to, each once, in order. Loop variables may look like resources; the linker drops names
 * that nobody declares.
 */
export function traversals(raw: string): Traversal[] {
  // Plain text and numbers, which most expressions are.
  if (!raw.includes('.') || (raw.startsWith('"') && !raw.includes('{'))) return [];
  const found = new Map<string, Traversal>();
  for (const code of codeParts(raw)) {
    if (!code.includes('.')) continue;
    for (const match of code.matchAll(chain)) {
      // A word after a digit, or after the dot of a call or an index, is no root.
      if (match.index > 0 && /[\w.-]/.test(code[match.index - 1] as string)) continue;
      const parts = match[0].split('.').map((part) => part.trim());
      const one = traversal(parts, code, match.index + match[0].length);
      if (one !== undefined) found.set(`${one.root} ${one.name} ${one.output ?? ''}`, one);
    }
  }
  return [...found.values()];
}

function traversal(parts: readonly string[], code: string, end: number): Traversal | undefined {
  const [root, first, second] = parts;
  if (root === undefined || first === undefined) return undefined;
  switch (root) {
    case 'var':
    case 'local':
      return { root, name: first };
    case 'module': {
      outputAfterIndex.lastIndex = end;
      const output = second ?? outputAfterIndex.exec(code)?.[1];
      return output === undefined || output === '*' ? { root, name: first } : { root, name: first, output };
    }
    case 'data':
      return second === undefined ? undefined : { root, name: `${first}.${second}` };
    default:
      // Resource types carry their provider's name before an underscore.
      return root.includes('_') && first !== '*' ? { root: 'resource', name: `${root}.${first}` } : undefined;
  }
}

import { codeParts } from './code-parts.ts';

/** The first parts of a traversal: `var.a`, `local.a`, `module.a`, `data.t.n` or `ephemeral.t.n`, or `t.n` of a resource. */
export interface Traversal {
  root: 'var' | 'local' | 'module' | 'data' | 'resource';
  /** What is named: `a`, or `type.name`. */
  name: string;
}

const chain = /([A-Za-z_][\w-]*)\s?\.\s?([A-Za-z_*][\w-]*)(?:\s?\.\s?([A-Za-z_*][\w-]*))?/g;

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
      const one = traversal(match[1] as string, match[2] as string, match[3]);
      if (one !== undefined) found.set(`${one.root} ${one.name}`, one);
    }
  }
  return [...found.values()];
}

function traversal(root: string, first: string, second: string | undefined): Traversal | undefined {
  if (root === 'var' || root === 'local' || root === 'module') return { root, name: first };
  if (root === 'data' || root === 'ephemeral')
    return second === undefined ? undefined : { root: 'data', name: `${first}.${second}` };
  // Resource types carry their provider's name before an underscore.
  return root.includes('_') && first !== '*' ? { root: 'resource', name: `${root}.${first}` } : undefined;
}

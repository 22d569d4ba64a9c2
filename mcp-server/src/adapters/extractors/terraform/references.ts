import { codeParts } from './code-parts.ts';

/** The first parts of a traversal: `var.a`, `local.a`, `module.a`, `data.t.n`, or `t.n` of a resource. */
export interface Traversal {
  root: 'var' | 'local' | 'module' | 'data' | 'resource';
  /** What is named: `a`, or `type.name`. */
  name: string;
  /** The output that is read of a module. */
  output?: string;
}

const chain = /[A-Za-z_][\w-]*(?:\s*\.\s*[A-Za-z_*][\w-]*)*/y;
const outputAfterIndex = /\[[^[\]\n]{0,80}\]\s*\.\s*([A-Za-z_][\w-]*)/y;

/**
 * What an expression refers to, each once, in order. Loop variables may look like resources; the linker drops names
 * that nobody declares.
 */
export function traversals(raw: string): Traversal[] {
  const found = new Map<string, Traversal>();
  for (const code of codeParts(raw)) {
    let at = 0;
    while (at < code.length) {
      const char = code.charCodeAt(at);
      // A word after a digit or a dot (of a call or an index) is no root.
      if (char === 46 || (char >= 48 && char <= 57)) {
        at++;
        while (/[\w-]/.test(code[at] ?? '')) at++;
        continue;
      }
      if (!((char >= 97 && char <= 122) || (char >= 65 && char <= 90) || char === 95)) {
        at++;
        continue;
      }
      chain.lastIndex = at;
      const parts = (chain.exec(code) as RegExpExecArray)[0].split('.').map((part) => part.trim());
      at = chain.lastIndex;
      const one = traversal(parts, code, at);
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

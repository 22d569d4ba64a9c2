import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { contextNames } from './expressions.ts';

/** Lines that a fact stands on; later entries lie within earlier ones. */
export interface LineOwner {
  fact: Fact;
  line: number;
  endLine: number;
}

/**
 * Secrets and variables that expressions use by name: inputs that whoever runs the workflow has to set on the host.
 * Those that the file declares are only referred to; the token of the run itself is given by the platform.
 */
export function usedNames(file: FileBuilder, text: string, scope: string, owners: readonly LineOwner[]): void {
  const ownerAt = innermost(owners);
  const said = new Set<string>();
  text.split('\n').forEach((full, index) => {
    if (!full.includes('${{') && !/^\s*(?:-\s+)?if:/.test(full)) return;
    const line = /^\s*(?:-\s+)?if:\s*[^$]*$/.test(full) ? `\${{ ${full} }}` : full;
    if (/^\s*#/.test(line)) return;
    const at = { line: index + 1 };
    const owner = ownerAt(index + 1);
    for (const context of ['secrets', 'vars'] as const) {
      for (const name of contextNames(line, context)) {
        if (name === 'GITHUB_TOKEN' || name === 'inherit') continue;
        if (!said.has(name)) {
          said.add(name);
          const sensitive = context === 'secrets' || undefined;
          file.fact({
            kind: 'input',
            scope,
            name,
            at,
            status: 'inferred',
            attributes: { rule: `${context}-used-by-name`, of: context, sensitive, required: true },
          });
        }
        if (owner !== undefined) file.refer(owner, 'reads', { by: 'name', kinds: ['input'], name, scope }, at);
      }
    }
    if (owner === undefined) return;
    for (const name of contextNames(line, 'inputs'))
      file.refer(owner, 'reads', { by: 'name', kinds: ['input'], name, scope }, at);
    for (const name of contextNames(line, 'env'))
      file.refer(owner, 'reads', { by: 'name', kinds: ['value'], name, scope }, at);
  });
}

/** The innermost owner of each line; lines have to be asked for in ascending order. */
function innermost(owners: readonly LineOwner[]): (line: number) => Fact | undefined {
  const waiting = [...owners].sort((a, b) => a.line - b.line || b.endLine - a.endLine);
  const open: LineOwner[] = [];
  let next = 0;
  return (line) => {
    for (; next < waiting.length && (waiting[next]?.line ?? 0) <= line; next++) {
      const owner = waiting[next] as LineOwner;
      while (open.length > 0 && (open.at(-1)?.endLine ?? 0) < owner.line) open.pop();
      open.push(owner);
    }
    while (open.length > 0 && (open.at(-1)?.endLine ?? 0) < line) open.pop();
    return open.at(-1)?.fact;
  };
}

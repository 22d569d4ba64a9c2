import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact, FactKind, Reference, RelationKind } from '../../../domain/extract/contract.ts';
import { type Attribute, allAttributes, type Block, blocksOf } from '../terraform/block.ts';
import { codeParts } from '../terraform/code-parts.ts';
import { traversals } from '../terraform/references.ts';
import type { FileKind } from './is-configuration.ts';
import { evaluate, type Place, pathIn } from './paths.ts';

export const format = 'terragrunt';

/** One file while it is read. */
export interface Context {
  file: FileBuilder;
  path: string;
  kind: FileKind;
  place: Place;
  /** What stands for the file as a whole. */
  head: Fact;
}

/** The expressions of a file's locals. */
export function localsOf(body: Block): Map<string, string> {
  const found = new Map<string, string>();
  for (const block of blocksOf(body, 'locals')) for (const { name, raw } of block.attributes) found.set(name, raw);
  return found;
}

/**
 * Ties a fact to the files or folders that an expression names. All candidates are referred to; which of them is meant,
 * only the whole tree tells (settle.ts). What holds an unknown part is looked for by pattern.
 */
export function referToPaths(
  { file, place }: Context,
  from: Fact,
  kind: RelationKind,
  raw: string,
  at: Attribute,
  target: { kinds: readonly FactKind[]; format?: string },
): void {
  for (const branch of evaluate(raw, place))
    for (const candidate of branch) {
      const path = pathIn(candidate, place);
      if (path !== undefined) file.refer(from, kind, { by: 'path', path, ...target }, at);
    }
}

/** Ties a fact to the locals, dependencies and includes that its expressions name. */
export function referToNamed({ file }: Context, from: Fact, attributes: Iterable<Attribute>): void {
  const seen = new Set<string>();
  const refer = (kinds: Reference['target'] & { by: 'name' }, at: Attribute) => {
    const key = `${kinds.kinds.join()} ${kinds.name}`;
    if (seen.has(key)) return;
    seen.add(key);
    file.refer(from, 'reads', kinds, at);
  };
  for (const attribute of attributes) {
    for (const { root, name } of traversals(attribute.raw))
      if (root === 'local') refer({ by: 'name', format, kinds: ['value'], name, scope: file.scope }, attribute);
    for (const name of namesAfter(attribute.raw, 'dependency'))
      refer({ by: 'name', format, kinds: ['data'], name, scope: file.scope }, attribute);
    for (const root of ['values', 'feature'])
      for (const name of namesAfter(attribute.raw, root))
        refer({ by: 'name', format, kinds: ['input'], name, scope: file.scope }, attribute);
  }
}

export function referToBlock(context: Context, from: Fact, block: Block): void {
  referToNamed(context, from, allAttributes(block));
}

/** The names that follow a word and a dot in an expression's code: `dependency.vpc` names `vpc`. */
export function* namesAfter(raw: string, root: string): Generator<string> {
  if (!raw.includes(`${root}.`)) return;
  for (const code of codeParts(raw))
    for (const match of code.matchAll(/([A-Za-z_][\w-]*)\.([A-Za-z_][\w-]*)/g))
      if (match[1] === root && !/[\w.\]-]/.test(code[match.index - 1] ?? '')) yield match[2] as string;
}

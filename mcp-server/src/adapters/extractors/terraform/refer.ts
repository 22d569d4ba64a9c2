import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact, Reference } from '../../../domain/extract/contract.ts';
import { type Attribute, allAttributes, type Block } from './block.ts';
import { type Traversal, traversals } from './references.ts';

const format = 'terraform';

/** The fact that a traversal names, in the same folder. */
function targetOf({ root, name }: Traversal, scope: string): Reference['target'] {
  const kinds = (
    { var: ['input'], local: ['value'], module: ['module'], data: ['data'], resource: ['resource'] } as const
  )[root];
  return { by: 'name', format, kinds, name, scope };
}

/** Ties a fact to everything its block's expressions name: values are read, resources and modules are depended on. */
export function referToAll(file: FileBuilder, fact: Fact, attributes: Iterable<Attribute>): void {
  const seen = new Set<string>();
  for (const attribute of attributes)
    for (const one of traversals(attribute.raw)) {
      const key = `${one.root} ${one.name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const kind = one.root === 'resource' || one.root === 'module' ? 'depends-on' : 'reads';
      file.refer(fact, kind, targetOf(one, file.scope), attribute);
    }
}

export function referToBlock(file: FileBuilder, fact: Fact, block: Block): void {
  referToAll(file, fact, allAttributes(block));
}

/** Ties a fact to the provider configuration that it asks for; one without an alias is the folder's default. */
export function referToProvider(file: FileBuilder, fact: Fact, name: string, at: Attribute): void {
  if (name.includes('.'))
    file.refer(fact, 'depends-on', { by: 'name', format, kinds: ['provider'], name, scope: file.scope }, at);
}

import { attributeOf, type Block, blocksOf } from '../terraform/block.ts';
import { literalText, textOrRaw } from '../terraform/expression.ts';
import { type Context, format, referToBlock, referToPaths } from './context.ts';
import { namesOf } from './inputs.ts';
import { isOpen, sourceAttributes, sourcesOf, tieToSources } from './source.ts';

/** A `unit` or `stack` block of a stack file: what is put where, from which source, with which values. */
export function part(context: Context, block: Block): void {
  const name = block.labels[0];
  const source = attributeOf(block, 'source');
  if (name === undefined || source === undefined) return;
  const { file, place } = context;
  const sources = sourcesOf(source.raw, place);
  const repeated = blocksOf(block, 'expansion').flatMap((inner) => attributeOf(inner, 'for_each') ?? [])[0];
  const fact = file.fact({
    kind: 'module',
    name,
    at: block,
    status: isOpen(sources) ? 'unresolved' : 'observed',
    attributes: {
      type: block.type,
      ...sourceAttributes(source.raw, sources),
      path: textOrRaw(attributeOf(block, 'path')?.raw),
      arguments: namesOf(attributeOf(block, 'values')),
      enabled: attributeOf(block, 'enabled')?.raw,
      forEach: repeated?.raw,
    },
  });
  tieToSources(file, fact, sources, source);
  for (const entry of ['terragrunt.hcl', 'terragrunt.stack.hcl'])
    for (const { folders } of sources)
      for (const folder of folders) {
        const path = folder === '.' ? entry : `${folder}/${entry}`;
        file.refer(fact, 'calls', { by: 'path', path, format, kinds: ['module'] }, source);
      }
  referToBlock(context, fact, block);
  if (repeated !== undefined)
    file.fact({
      kind: 'batch',
      name,
      at: { line: block.line, endLine: repeated.endLine },
      attributes: { of: block.type, by: 'for_each', expression: repeated.raw },
    });
}

/** An `engine` block: the program that runs in Terraform's place. */
export function engine(context: Context, block: Block): void {
  const source = attributeOf(block, 'source');
  const system = literalText(source?.raw);
  if (source === undefined || system === undefined) return;
  const { file } = context;
  const version = textOrRaw(attributeOf(block, 'version')?.raw);
  const fact = file.fact({
    kind: 'provider',
    name: system,
    at: block,
    attributes: { version, pinned: version !== undefined },
  });
  file.couple({ system, class: 'provider', swap: 'rewrite', at: block, consumers: [fact] });
  referToPaths(context, fact, 'reads', source.raw, source, { kinds: ['module'] });
}

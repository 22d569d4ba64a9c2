import { type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import { attributeOf, type Block } from './block.ts';
import { literalText, textOrRaw } from './expression.ts';
import { referToBlock, referToProvider } from './refer.ts';
import { repetition, repetitionFacts } from './resources.ts';
import { isPinnedModule, type ModuleSource, moduleSource } from './versions.ts';

const settings = new Set(['source', 'version', 'count', 'for_each', 'depends_on', 'providers']);

/** A `module` block: a call of another folder or of something that is fetched. */
export function moduleCall(file: FileBuilder, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const at = attributeOf(block, 'source');
  // A template keeps its ${}: what it may name is found by pattern.
  const text = (textOrRaw(at?.raw) ?? '').replace(/^"(.*)"$/s, '$1');
  const isWritten = at === undefined || /^(?:"|<<)/.test(at.raw);
  const source: ModuleSource = isWritten ? moduleSource(text) : { kind: 'dynamic', system: text };
  const version = attributeOf(block, 'version')?.raw;
  const isKnown = version === undefined || literalText(version) !== undefined;
  const folder = source.kind === 'local' ? resolveFrom(file.scope, text) : undefined;
  const parameters = block.attributes.filter((attribute) => !settings.has(attribute.name));
  const fact = file.fact({
    kind: 'module',
    name,
    at: block,
    status: source.kind === 'dynamic' ? 'unresolved' : 'observed',
    attributes: {
      source: withoutCredentials(text),
      sourceKind: source.kind,
      version: textOrRaw(version),
      ref: source.ref,
      pinned: isKnown ? isPinnedModule(source, literalText(version)) : undefined,
      folder,
      arguments: parameters.map((parameter) => parameter.name),
      ...repetition(block),
      dependsOn: attributeOf(block, 'depends_on')?.raw,
      candidates: source.kind === 'dynamic' ? [] : undefined,
    },
  });
  referToBlock(file, fact, block);
  repetitionFacts(file, fact, block);
  const providers = attributeOf(block, 'providers');
  if (providers !== undefined)
    for (const [, name] of providers.raw.matchAll(/=\s*"?([\w-]+(?:\.[\w-]+)?)/g))
      referToProvider(file, fact, name as string, providers);
  if (folder !== undefined) {
    file.refer(fact, 'calls', { by: 'path', path: folder, kinds: ['resource', 'module', 'data'] }, at ?? block);
    for (const parameter of parameters)
      file.refer(
        fact,
        'writes',
        { by: 'name', format: 'terraform', kinds: ['input'], name: parameter.name, scope: folder },
        parameter,
      );
  } else if (source.kind === 'dynamic') {
    const glob = text.replace(/\$\{[^}]*\}/g, '*');
    const pattern = /^\.{1,2}\//.test(glob) ? resolveFrom(file.scope, glob) : undefined;
    if (pattern !== undefined) file.refer(fact, 'calls', { by: 'pattern', glob: `${pattern}/*.tf` }, at ?? block);
  } else if (source.kind !== 'local' && text !== '')
    file.couple({ system: source.system, class: 'module', swap: 'rewrite', at: at ?? block, consumers: [fact] });
}

function withoutCredentials(source: string): string {
  return source.replace(/:\/\/[^/@]*@/, '://');
}

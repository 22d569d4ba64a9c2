import { buildFile, type FileBuilder, folderOf } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { attributeOf, type Block, blocksOf } from '../terraform/block.ts';
import { literalBoolean, textOrRaw } from '../terraform/expression.ts';
import { listItems } from '../terraform/items.ts';
import { isBounded } from '../terraform/versions.ts';
import { type Context, format, localsOf, referToBlock, referToPaths } from './context.ts';
import type { FileKind } from './is-configuration.ts';
import { evaluate, type Place, pathIn } from './paths.ts';
import { isOpen, sourceAttributes, sourcesOf, tieToSources } from './source.ts';

/** What a unit is called, and with it its fact: its folder, or the file where that is the root. */
export function unitName(path: string): string {
  const folder = folderOf(path);
  return folder === '.' ? path : folder;
}

/** Whether a file runs by itself, or is there for others that include or read it. */
export function kindOf(path: string, body: Block): FileKind {
  if (path.endsWith('.stack.hcl')) return 'stack';
  if (!/(?:^|\/)terragrunt\.hcl$/.test(path)) return 'configuration';
  const has = (...types: string[]) => body.blocks.some((block) => types.includes(block.type));
  const runs = has('include', 'dependency', 'dependencies') || body.blocks.some(hasSource);
  // The configuration at the top of older trees has the name of a unit.
  return runs || !has('remote_state', 'generate') ? 'unit' : 'configuration';
}

const hasSource = (block: Block) => block.type === 'terraform' && attributeOf(block, 'source') !== undefined;

/** Says what stands for the file as a whole: a unit, a stack, or a configuration that others include. */
export function openFile(path: string, body: Block): Context {
  const kind = kindOf(path, body);
  const isOwn = kind !== 'configuration';
  const place: Place = { folder: folderOf(path), isOwn, locals: localsOf(body) };
  const file = buildFile(format, { path }, isOwn ? place.folder : path);
  const top = (name: string) => attributeOf(body, name)?.raw;
  const includes = blocksOf(body, 'include').map(includeOf);
  const head = file.fact({
    kind: isOwn ? 'module' : 'value',
    name: kind === 'unit' ? unitName(path) : path,
    at: { line: 1, endLine: body.endLine },
    attributes: {
      type: kind,
      nameFrom: 'path',
      preventDestroy: literalBoolean(top('prevent_destroy')),
      skip: top('skip'),
      role: textOrRaw(top('iam_role')),
      includes: includes.length === 0 ? undefined : includes,
    },
  });
  if (kind === 'unit' && !body.blocks.some(hasSource) && includes.length === 0)
    file.refer(
      head,
      'calls',
      { by: 'path', path: place.folder, format: 'terraform', kinds: ['resource', 'module', 'data'] },
      { line: 1 },
    );
  return { file, path, kind, place, head };
}

/** The `source` of a `terraform` block: the module that the unit applies. */
export function source(context: Context, block: Block): void {
  const attribute = attributeOf(block, 'source');
  if (attribute === undefined) return;
  const { file, place, head } = context;
  const sources = sourcesOf(attribute.raw, place);
  const fact = file.fact({
    kind: 'module',
    name: sourceName(attribute.raw),
    at: attribute,
    also: [block],
    status: isOpen(sources) ? 'unresolved' : 'observed',
    attributes: { type: 'source', ...sourceAttributes(attribute.raw, sources) },
  });
  tieToSources(file, fact, sources, attribute);
  if (head.kind === 'module')
    file.refer(head, 'calls', { by: 'name', format, kinds: ['module'], name: fact.name, scope: file.scope }, attribute);
  referToBlock(context, fact, { ...block, attributes: [attribute], blocks: [] });
}

/** The last part of the path, where it is written out, and `terraform` where it is not. */
function sourceName(raw: string): string {
  const path = raw
    .replace(/^"|"$/g, '')
    .replace(/\?.*$/s, '')
    .replace(/\.git$/, '');
  return (raw.startsWith('"') && /(?:^|\/)([\w.-]*\w)\/*$/.exec(path)?.[1]) || 'terraform';
}

function includeOf(block: Block): { name: string; path: string } {
  return { name: block.labels[0] ?? '', path: attributeOf(block, 'path')?.raw ?? '' };
}

/** An `include` block: what the file takes over. */
export function include(context: Context, block: Block): void {
  const path = attributeOf(block, 'path');
  if (path !== undefined)
    referToPaths(context, context.head, 'includes', path.raw, path, { kinds: ['module', 'value'], format });
}

/** A `dependencies` block: units that come first. */
export function dependencies(context: Context, block: Block): void {
  const paths = attributeOf(block, 'paths');
  if (paths === undefined) return;
  for (const { text } of listItems(paths.raw, paths.line)) dependOn(context, [context.head], text, paths);
}

/** Ties facts to the unit that an expression names. @returns the unit, when there is but one that it can be */
export function dependOn(
  { file, place }: Context,
  from: readonly Fact[],
  raw: string,
  at: { line: number },
): string | undefined {
  const units = evaluate(raw, place)
    .flat()
    .flatMap((candidate) => pathIn(candidate, place) ?? [])
    .map((folder) => (folder === '.' ? 'terragrunt.hcl' : folder.replace(/\/terragrunt\.hcl$/, '')));
  for (const fact of from)
    for (const name of units) file.refer(fact, 'depends-on', { by: 'name', format, kinds: ['module'], name }, at);
  return units.length === 1 ? units[0] : undefined;
}

/** `terraform_version_constraint` and `terragrunt_version_constraint`. */
export function constraints(file: FileBuilder, body: Block): void {
  for (const name of ['terraform_version_constraint', 'terragrunt_version_constraint']) {
    const attribute = attributeOf(body, name);
    if (attribute === undefined) continue;
    const constraint = textOrRaw(attribute.raw) ?? '';
    file.fact({ kind: 'value', name, at: attribute, attributes: { constraint, bounded: isBounded(constraint) } });
  }
}

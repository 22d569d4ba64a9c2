import { type Attribute, allAttributes, attributeOf, type Block } from '../terraform/block.ts';
import { secretValue } from '../terraform/declarations.ts';
import { argumentsOf, objectItems } from '../terraform/items.ts';
import { type Context, format, namesAfter, referToNamed, referToPaths } from './context.ts';
import { sourcesOf } from './source.ts';

/** `inputs`: what a unit, or every unit that includes the file, gives to its module; objects within `merge()` too. */
export function inputs(context: Context, body: Block): void {
  const given = attributeOf(body, 'inputs');
  if (given === undefined) return;
  const { file, place } = context;
  const parts = argumentsOf(given.raw, 'merge', given.line) ?? [{ text: given.raw, line: given.line }];
  const source = body.blocks.flatMap((block) =>
    block.type === 'terraform' ? (attributeOf(block, 'source') ?? []) : [],
  );
  const folders = source.flatMap(({ raw }) => sourcesOf(raw, place)).flatMap((one) => one.folders);
  if (source.length === 0 && context.kind === 'unit') folders.push(place.folder);
  for (const { text, line } of parts)
    for (const item of objectItems(text, line)) {
      const { name, raw } = item;
      const fact = file.fact({ kind: 'value', name, at: item, attributes: { value: raw, assigns: true } });
      for (const scope of folders)
        file.refer(fact, 'writes', { by: 'name', format: 'terraform', kinds: ['input'], name, scope }, item);
      referToNamed(context, fact, [item]);
      secretValue(file, item);
    }
  referToNamed(context, context.head, [given]);
}

/** A `locals` block: a value each; what is read from another configuration is tied to it. */
export function locals(context: Context, block: Block): void {
  const { file, place } = context;
  for (const attribute of block.attributes) {
    const { name, raw } = attribute;
    const read = /\bread_terragrunt_config\s*\(/.test(raw);
    const isOpen = read && !place.isOwn && raw.includes('find_in_parent_folders');
    const fact = file.fact({
      kind: 'value',
      name,
      at: attribute,
      status: isOpen ? 'unresolved' : 'observed',
      attributes: { value: raw, candidates: isOpen ? [] : undefined },
    });
    if (read) referToPaths(context, fact, 'reads', readPath(raw), attribute, { kinds: ['module', 'value'], format });
    const below = isOpen ? /find_in_parent_folders\(\s*"([^"$]+)"/.exec(raw)?.[1] : undefined;
    if (below !== undefined)
      file.refer(
        fact,
        'reads',
        { by: 'pattern', glob: `${place.folder === '.' ? '' : `${place.folder}/`}**/${below}` },
        attribute,
      );
    referToNamed(context, fact, [attribute]);
    secretValue(file, attribute);
  }
}

/** The argument of `read_terragrunt_config(...)`, whatever is read from its result. */
function readPath(raw: string): string {
  const from = raw.indexOf('read_terragrunt_config');
  const open = raw.indexOf('(', from);
  let depth = 0;
  for (let at = open; at < raw.length; at++) {
    if (raw[at] === '(') depth++;
    else if (raw[at] === ')' && --depth === 0) return argumentsOf(`f${raw.slice(open, at + 1)}`, 'f')?.[0]?.text ?? '';
  }
  return '';
}

/** What a file wants from outside: variables of the environment, values that a stack gives, feature flags. */
export function wanted({ file, place, head }: Context, body: Block): void {
  const seen = new Map<string, { at: Attribute; required: boolean; from: string }>();
  const want = (name: string, from: string, at: Attribute, required: boolean) => {
    const known = seen.get(`${from} ${name}`);
    if (known === undefined) seen.set(`${from} ${name}`, { at, required, from });
    else known.required &&= required;
  };
  for (const attribute of allAttributes(body)) {
    const { raw } = attribute;
    for (const [, name, rest] of raw.matchAll(/\bget_env\(\s*"([A-Za-z_]\w*)"\s*([,)])/g))
      want(name as string, 'environment', attribute, rest === ')');
    if (!place.isOwn || !raw.includes('values.')) continue;
    const tried = new Set([...raw.matchAll(/\btry\(\s*values\.([\w-]+)/g)].map(([, name]) => name));
    for (const name of namesAfter(raw, 'values')) want(name, 'values', attribute, !tried.has(name));
  }
  for (const [key, { at, required, from }] of seen) {
    const name = key.slice(from.length + 1);
    file.fact({ kind: 'input', name, at, attributes: { required, from } });
    file.refer(head, 'reads', { by: 'name', format, kinds: ['input'], name, scope: file.scope }, at);
  }
}

/** A `feature` block: a flag that the command line sets. */
export function feature({ file }: Context, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const fallback = attributeOf(block, 'default')?.raw;
  file.fact({
    kind: 'input',
    name,
    at: block,
    attributes: { required: fallback === undefined, default: fallback, from: 'feature' },
  });
}

/** A `values` or `inputs` map of a stack's part, as names. */
export function namesOf(attribute: Attribute | undefined): string[] | undefined {
  return attribute === undefined ? undefined : objectItems(attribute.raw, attribute.line).map((item) => item.name);
}

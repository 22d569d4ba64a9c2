import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { AttributeValue } from '../../../domain/extract/contract.ts';
import { secretLiteral } from '../../../domain/extract/secret-shapes.ts';
import { type Attribute, attributeOf, type Block, blocksOf } from './block.ts';
import { literalBoolean, literalText, textOrRaw } from './expression.ts';
import { referToAll, referToBlock } from './refer.ts';

/** A `variable` block: an input. */
export function variable(file: FileBuilder, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const fallback = attributeOf(block, 'default');
  const description = attributeOf(block, 'description');
  const type = attributeOf(block, 'type')?.raw;
  const sensitive = literalBoolean(attributeOf(block, 'sensitive')?.raw);
  const fact = file.fact({
    kind: 'input',
    name,
    at: block,
    attributes: {
      // Old files quote the type.
      type: type?.replace(/^"(.*)"$/, '$1'),
      required: fallback === undefined,
      default: fallback?.raw,
      description: textOrRaw(description?.raw),
      documented: isDocumented(description),
      sensitive,
      nullable: literalBoolean(attributeOf(block, 'nullable')?.raw),
      ephemeral: literalBoolean(attributeOf(block, 'ephemeral')?.raw),
      validation: conditions(blocksOf(block, 'validation')),
    },
  });
  referToBlock(file, fact, block);
  const literal = literalText(fallback?.raw);
  if (fallback === undefined || literal === undefined) return;
  if (secretLiteral(name, literal) || (sensitive === true && literal !== ''))
    file.secret({
      name,
      class: 'password',
      line: fallback.line,
      endLine: fallback.endLine,
      value: literal,
      ...(fallback.line === block.line ? {} : { nameLine: block.line }),
    });
}

/** An `output` block. */
export function output(file: FileBuilder, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const description = attributeOf(block, 'description');
  const fact = file.fact({
    kind: 'output',
    name,
    at: block,
    attributes: {
      value: attributeOf(block, 'value')?.raw,
      description: textOrRaw(description?.raw),
      documented: isDocumented(description),
      sensitive: literalBoolean(attributeOf(block, 'sensitive')?.raw),
      preconditions: conditions(blocksOf(block, 'precondition')),
    },
  });
  referToBlock(file, fact, block);
}

/** A `locals` block: a value each. */
export function locals(file: FileBuilder, block: Block): void {
  for (const attribute of block.attributes) {
    const fact = file.fact({
      kind: 'value',
      name: attribute.name,
      at: attribute,
      attributes: { value: attribute.raw },
    });
    referToAll(file, fact, [attribute]);
    secretValue(file, attribute);
  }
}

/** A line of a .tfvars file: the value that an input gets, of this folder or one of the two above it. */
export function assignment(file: FileBuilder, attribute: Attribute): void {
  const { name, raw } = attribute;
  const fact = file.fact({ kind: 'value', name, at: attribute, attributes: { value: raw, assigns: true } });
  for (const scope of foldersUp(file.scope, 3))
    file.refer(fact, 'writes', { by: 'name', format: 'terraform', kinds: ['input'], name, scope }, attribute);
  secretValue(file, attribute);
}

/** Condition blocks as data. */
export function conditions(blocks: readonly Block[]): AttributeValue | undefined {
  if (blocks.length === 0) return undefined;
  return blocks.map((block) => {
    const message = textOrRaw(attributeOf(block, 'error_message')?.raw);
    return { condition: attributeOf(block, 'condition')?.raw ?? '', ...(message === undefined ? {} : { message }) };
  });
}

function isDocumented(description: Attribute | undefined): boolean {
  return description !== undefined && !/^"\s*"$/.test(description.raw);
}

/** A literal that is kept as a secret by its name. */
export function secretValue(file: FileBuilder, { name, raw, line, endLine }: Attribute): void {
  const value = literalText(raw);
  if (value !== undefined && secretLiteral(name, value)) file.secret({ name, class: 'password', line, endLine, value });
}

function foldersUp(scope: string, most: number): string[] {
  const found = [scope];
  let at = scope;
  while (found.length < most && at !== '.') {
    const slash = at.lastIndexOf('/');
    at = slash < 0 ? '.' : at.slice(0, slash);
    found.push(at);
  }
  return found;
}

import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact, FactKind } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, spanOf, textOf, textsOf, type YamlNode } from '../yaml/node.ts';
import { nameFrom } from './names.ts';

/** The properties of a JSON Schema as inputs or outputs of a workflow, form or agent. */
export function schemaFacts(
  file: FileBuilder,
  schema: YamlNode | undefined,
  kind: Extract<FactKind, 'input' | 'output'>,
  scope: string,
): Fact[] {
  const required = new Set(textsOf(childOf(schema, 'required')));
  return entriesOf(childOf(schema, 'properties')).map((entry) => {
    const { key: name, value } = entry;
    const types = textsOf(childOf(value, 'type'));
    const description = textOf(childOf(value, 'description')) || textOf(childOf(value, 'helper')) || undefined;
    const fallback = childOf(value, 'default');
    return file.fact({
      kind,
      scope,
      name,
      at: spanOf(entry),
      attributes: {
        type: types.length > 4 ? 'any' : types.join(' or ') || undefined,
        required: required.has(name),
        default: textOf(fallback)?.slice(0, 200),
        allowed: textsOf(childOf(value, 'enum')).length > 0 ? textsOf(childOf(value, 'enum')).slice(0, 50) : undefined,
        description: description?.slice(0, 300),
        documented: description !== undefined,
        nameFrom: nameFrom(name),
      },
    });
  });
}

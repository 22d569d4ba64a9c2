import type { Attributes, FileBuilder } from '../../../domain/extract/build.ts';
import { childOf, entriesOf, spanOf, textOf, textsOf, truthOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';

/** Inputs of an action, a reusable workflow or a manual run: an entry each, as the documentation tables list them. */
export function inputFacts(file: FileBuilder, inputs: YamlNode | undefined, said: { scope: string; of: string }): void {
  for (const entry of entriesOf(inputs)) {
    const description = textOf(childOf(entry.value, 'description'));
    const options = textsOf(childOf(entry.value, 'options'));
    file.fact({
      kind: 'input',
      scope: said.scope,
      name: entry.key,
      at: spanOf(entry),
      attributes: {
        of: said.of,
        type: textOf(childOf(entry.value, 'type')) ?? 'string',
        required: truthOf(childOf(entry.value, 'required')) ?? false,
        default: defaultOf(entry.value),
        description,
        documented: description !== undefined && description.trim() !== '',
        options: options.length === 0 ? undefined : options,
        deprecated: textOf(childOf(entry.value, 'deprecationMessage')),
      },
    });
  }
}

function defaultOf(node: YamlNode): string | undefined {
  const value = childOf(node, 'default');
  if (value?.kind !== 'scalar' || value.value === null) return undefined;
  return typeof value.value === 'string' ? JSON.stringify(value.value) : value.text;
}

/** Outputs of an action, a reusable workflow or a job. */
export function outputFacts(
  file: FileBuilder,
  outputs: YamlNode | undefined,
  said: { scope: string; of: string; documents: boolean },
): void {
  for (const entry of entriesOf(outputs)) {
    const description = textOf(childOf(entry.value, 'description'));
    file.fact({
      kind: 'output',
      scope: said.scope,
      name: entry.key,
      at: spanOf(entry),
      attributes: {
        of: said.of,
        value: textOf(entry.value) ?? textOf(childOf(entry.value, 'value')),
        description,
        documented: said.documents ? description !== undefined && description.trim() !== '' : undefined,
      },
    });
  }
}

/** Secrets that a reusable workflow asks its caller for. */
export function secretInputs(file: FileBuilder, secrets: YamlNode | undefined, scope: string): void {
  for (const entry of entriesOf(secrets)) {
    const description = textOf(childOf(entry.value, 'description'));
    file.fact({
      kind: 'input',
      scope,
      name: entry.key,
      at: spanOf(entry),
      attributes: {
        of: 'workflow_call secrets',
        sensitive: true,
        required: truthOf(childOf(entry.value, 'required')) ?? false,
        description,
        documented: description !== undefined,
      },
    });
  }
}

/** Environment variables, each a value; what holds an expression is computed from elsewhere. */
export function environmentFacts(file: FileBuilder, env: YamlNode | undefined, scope: string, of: string): void {
  for (const entry of entriesOf(env)) {
    file.fact({
      kind: 'value',
      scope,
      name: entry.key,
      at: spanOf(entry),
      attributes: environmentAttributes(entry, of),
    });
  }
}

function environmentAttributes(entry: YamlEntry, of: string): Attributes {
  const text = textOf(entry.value) ?? textOf(childOf(entry.value, 'value'));
  return { of, value: text === undefined || text.length > 300 ? undefined : text };
}

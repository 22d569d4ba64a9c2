import type { FileBuilder } from '../../../domain/extract/build.ts';
import { childOf, entriesOf, spanOf, textOf, textsOf, type YamlNode } from '../yaml/node.ts';

/** Variables: one with a description is asked for when a person starts the pipeline, any other is a value. */
export function variableFacts(
  file: FileBuilder,
  variables: YamlNode | undefined,
  of: string,
  within?: { line: number; endLine: number },
): void {
  for (const entry of entriesOf(variables)) {
    // What a merge key brings is said where it stands.
    if (within !== undefined && (entry.keyLine < within.line || entry.keyLine > within.endLine)) continue;
    const description = textOf(childOf(entry.value, 'description'));
    const value = textOf(childOf(entry.value, 'value')) ?? textOf(entry.value);
    const options = textsOf(childOf(entry.value, 'options'));
    const asked = description !== undefined;
    file.fact({
      kind: asked ? 'input' : 'value',
      name: entry.key,
      at: spanOf(entry),
      attributes: {
        of,
        ...(asked
          ? {
              required: value === undefined,
              default: value === undefined ? undefined : JSON.stringify(value),
              documented: true,
            }
          : { value: value === undefined || value.length > 300 ? undefined : value }),
        description,
        options: options.length === 0 ? undefined : options,
      },
    });
  }
}

export function variableNames(variables: YamlNode | undefined): Set<string> {
  return new Set(entriesOf(variables).map((entry) => entry.key));
}

/** `spec: inputs:` of a component or an included file, in the document before its jobs. */
export function specInputs(file: FileBuilder, root: YamlNode): void {
  for (const entry of entriesOf(childOf(childOf(root, 'spec'), 'inputs'))) {
    const description = textOf(childOf(entry.value, 'description'));
    const value = childOf(entry.value, 'default');
    const options = textsOf(childOf(entry.value, 'options'));
    file.fact({
      kind: 'input',
      name: entry.key,
      at: spanOf(entry),
      attributes: {
        of: 'spec',
        type: textOf(childOf(entry.value, 'type')) ?? 'string',
        required: value === undefined,
        default: value?.kind === 'scalar' ? JSON.stringify(value.value) : undefined,
        description,
        documented: description !== undefined,
        options: options.length === 0 ? undefined : options,
      },
    });
  }
}

import { baseName } from '../../../domain/extract/build.ts';
import type { AttributeValue, Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, entryOf, itemsOf, spanOf, textOf, textsOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { type Reading, tidy } from './context.ts';
import { referToRole } from './paths.ts';
import { sayTaskVariables } from './task-variables.ts';
import { shortText } from './values.ts';

/** The role itself: said by its main task file and by its meta file, which `settle` makes one of. */
export function sayRole(
  reading: Reading,
  at: { line: number; endLine: number },
  attributes: { [key: string]: AttributeValue | undefined } = {},
): Fact {
  const { file, place } = reading;
  const isByPath = place.role !== undefined;
  const given = attributes['roleName'];
  const name = place.role ?? (typeof given === 'string' ? given : baseName(place.scope));
  const role = file.fact({
    kind: 'role',
    name,
    at,
    ...(isByPath ? {} : { status: 'inferred' as const }),
    attributes: {
      nameFrom: given === name ? undefined : 'path',
      rule: isByPath ? undefined : 'ansible-role-layout',
      ...attributes,
    },
  });
  return role;
}

/** meta/main.yml: platforms, least version, dependencies in order, and argument specs that some keep there. */
export function sayMeta(reading: Reading, root: YamlNode): void {
  const { file } = reading;
  const info = childOf(root, 'galaxy_info');
  const role = sayRole(
    reading,
    { line: root.line, endLine: root.endLine },
    {
      roleName: textOf(childOf(info, 'role_name')),
      description: textOf(childOf(info, 'description')),
      platforms: list(
        itemsOf(childOf(info, 'platforms')).flatMap((platform) => textOf(childOf(platform, 'name')) ?? []),
      ),
      minAnsibleVersion: textOf(childOf(info, 'min_ansible_version')),
    },
  );
  // A repository that is a role itself; elsewhere the main task file names the role by its folder.
  if (file.scope === '.')
    for (const path of ['tasks/main.yml', 'tasks/main.yaml'])
      file.refer(role, 'includes', { by: 'path', path, kinds: ['task'] }, { line: root.line });
  for (const dependency of itemsOf(childOf(root, 'dependencies'))) {
    const name =
      textOf(dependency) ??
      textOf(childOf(dependency, 'role')) ??
      textOf(childOf(dependency, 'name')) ??
      textOf(childOf(dependency, 'src'));
    if (name === undefined) continue;
    referToRole(reading, role, 'depends-on', name, dependency);
    file.fact({
      kind: 'phase',
      name: tidy(name),
      at: dependency,
      attributes: { rule: 'ansible-role-dependency', of: role.name },
    });
    if (dependency.kind === 'map') sayTaskVariables(reading, dependency, 'role-params', role, undefined, name);
  }
  sayArgumentSpecs(reading, root);
}

/** Options of every entry point: type, required, default, choices, description (Ansible user guide, "Role argument validation"). */
export function sayArgumentSpecs(reading: Reading, root: YamlNode): void {
  const { file, wanted } = reading;
  for (const entryPoint of entriesOf(childOf(root, 'argument_specs'))) {
    for (const option of entriesOf(childOf(entryPoint.value, 'options'))) {
      const { value } = option;
      const description = textsOf(childOf(value, 'description')).join(' ');
      const nested = entriesOf(childOf(value, 'options')).map((inner) => inner.key);
      wanted.declare(option.key);
      file.fact({
        kind: 'input',
        name: option.key,
        at: spanOf(option),
        attributes: {
          rule: 'ansible-argument-specs',
          entryPoint: entryPoint.key,
          type: textOf(childOf(value, 'type')) ?? 'str',
          elements: textOf(childOf(value, 'elements')),
          required: truthOf(childOf(value, 'required')) ?? false,
          default: entryOf(value, 'default') === undefined ? undefined : shortText(childOf(value, 'default')),
          choices: list(textsOf(childOf(value, 'choices'))),
          options: list(nested),
          sensitive: truthOf(childOf(value, 'no_log')) || undefined,
          description: description === '' ? undefined : tidy(description),
          documented: description !== '',
        },
      });
    }
  }
}

function list(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : texts;
}

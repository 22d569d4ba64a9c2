import type { FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { AttributeValue } from '../../../domain/extract/contract.ts';
import { secretName } from '../../../domain/extract/secret-shapes.ts';
import type { VariableUse } from '../jinja/expression.ts';
import { scanTemplate } from '../jinja/template.ts';
import { textOf, type YamlNode } from '../yaml/node.ts';
import type { WantedVariables } from './variables.ts';

/** Where a variable gets its value; later levels win (Ansible user guide, "Understanding variable precedence"). */
export type Level =
  | 'defaults'
  | 'inventory'
  | 'group_vars'
  | 'host_vars'
  | 'play-vars'
  | 'vars_prompt'
  | 'role-vars'
  | 'vars-file'
  | 'block-vars'
  | 'task-vars'
  | 'include-vars'
  | 'set_fact'
  | 'register'
  | 'role-params'
  | 'loop';

/** Place in the order of precedence, from 1; what is given on the command line stands above all. */
export const precedence: { readonly [level in Level]: number } = {
  defaults: 2,
  inventory: 3,
  group_vars: 6,
  host_vars: 9,
  'play-vars': 12,
  vars_prompt: 13,
  'vars-file': 14,
  'role-vars': 15,
  'block-vars': 16,
  'task-vars': 17,
  'include-vars': 18,
  set_fact: 19,
  register: 19,
  'role-params': 20,
  loop: 21,
};

/**
 * Says that a file sets a variable.
 *
 * @param more `gathered`: out of nothing, by what a task finds, though the value reads itself; `precedence` where the level
 * alone does not tell it; `passedTo`: the role that is called with it
 */
export function sayValue(
  file: FileBuilder,
  wanted: WantedVariables,
  name: string,
  level: Level,
  at: Span,
  value?: YamlNode,
  more: { gathered?: boolean; precedence?: number; passedTo?: string | undefined } = {},
): void {
  // What is left of a broken line is no name.
  if (!/^[A-Za-z_]\w*$/.test(name)) return;
  // `x: "{{ x | default(1) }}"` completes a value that comes from elsewhere.
  const readsItself = (more.gathered !== true && usesOf(name, value).length > 0) || undefined;
  if (readsItself === undefined) wanted.declare(name);
  file.fact({
    kind: level === 'register' ? 'output' : level === 'defaults' || level === 'vars_prompt' ? 'input' : 'value',
    name,
    at,
    attributes: {
      level,
      precedence: more.precedence ?? precedence[level],
      readsItself,
      passedTo: more.passedTo,
      ...(value === undefined ? {} : literalOf(name, value, level)),
    },
  });
}

function usesOf(name: string, value: YamlNode | undefined): VariableUse[] {
  if (value?.kind !== 'scalar' || !value.text.includes(name) || !value.text.includes('{{')) return [];
  return scanTemplate(value.text).uses.filter((use) => use.name === name);
}

/**
 * Whether a task only gathers what it finds: `x: "{{ x | default([]) + [item] }}"` begins with nothing and goes on with
 * itself, in a loop, by an item in brackets, or under a private name. Elsewhere a caller's value is completed.
 */
export function isGathered(name: string, value: YamlNode, inLoop: boolean): boolean {
  const own = usesOf(name, value);
  const startsEmpty = own.some(({ fallback }) => fallback !== undefined && /^(?:\[\]|\{\}|0|)$/.test(fallback));
  const text = textOf(value) ?? '';
  return (
    startsEmpty && /[+~]|\b(?:combine|union)\b/.test(text) && (inLoop || name.startsWith('_') || /\+\s*\[/.test(text))
  );
}

/** Type and, where it is short, text of a value; nothing of vault values and of what is said of single hosts. */
function literalOf(name: string, node: YamlNode, level: Level): { [key: string]: AttributeValue | undefined } {
  const optional = level === 'defaults' ? { required: false } : {};
  if (node.tag === '!vault') return { ...optional, vault: true, sensitive: true };
  const type = typeOf(node);
  // Whatever stands behind such a name is not repeated, a secret or not.
  if (secretName(name) !== undefined) return { type, ...optional, sensitive: true };
  if (level === 'host_vars' || level === 'inventory') return { type };
  const key = level === 'defaults' ? 'default' : 'value';
  const text = node.kind === 'scalar' ? node.text : undefined;
  const isDynamic = text?.includes('{{') || undefined;
  if (level === 'defaults') return { type, required: false, [key]: shortText(node), dynamic: isDynamic };
  return { type, [key]: shortText(node), dynamic: isDynamic };
}

function typeOf(node: YamlNode): string {
  if (node.kind === 'map') return 'dict';
  if (node.kind === 'seq') return 'list';
  if (node.value === null) return 'none';
  if (typeof node.value === 'boolean' || (node.style === 'plain' && /^(?:yes|no|on|off)$/i.test(node.text)))
    return 'bool';
  if (typeof node.value === 'number') return Number.isInteger(node.value) ? 'int' : 'float';
  return 'str';
}

/** At most 200 characters of a scalar; an empty collection as such; undefined for what is longer. */
export function shortText(node: YamlNode | undefined): string | null | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'map') return node.entries.length === 0 ? '{}' : undefined;
  if (node.kind === 'seq') return node.items.length === 0 ? '[]' : undefined;
  if (node.value === null) return null;
  return node.text.length <= 200 ? node.text : undefined;
}

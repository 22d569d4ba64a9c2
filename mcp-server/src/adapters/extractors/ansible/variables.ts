import type { FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { AttributeValue, Fact } from '../../../domain/extract/contract.ts';
import { secretName } from '../../../domain/extract/secret-shapes.ts';
import type { Lookup, VariableUse } from '../jinja/expression.ts';
import { scanExpression, scanTemplate, type TemplateScan } from '../jinja/template.ts';
import { spanInScalar, truthOf, type YamlNode, type YamlScalar } from '../yaml/node.ts';
import { fullModuleName, systemOfModule } from './modules.ts';

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
const precedence: { readonly [level in Level]: number } = {
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

/** What Ansible itself provides (Ansible reference, "Special variables"); facts and connection settings by their prefix. */
const magic =
  /^(?:ansible_\w+|ansible|hostvars|groups|group_names|inventory_hostname|inventory_hostname_short|inventory_dir|inventory_file|play_hosts|playbook_dir|role_name|role_names|role_path|omit|environment|item|vars|template_(?:host|path|fullpath|uid|run_date|destpath)|discovered_interpreter_python|molecule_\w+)$/;

interface Wanted {
  at: Span;
  uses: number;
  guarded: boolean;
  fallback?: string;
}

/** The variables that one file reads and does not itself set; said as inputs once the whole file was read. */
export class WantedVariables {
  private readonly wanted = new Map<string, Wanted>();
  private readonly declared = new Set<string>();
  private readonly file: FileBuilder;

  constructor(file: FileBuilder) {
    this.file = file;
  }

  /** The file sets this name itself, somewhere. */
  declare(name: string): void {
    this.declared.add(name);
  }

  use({ name, guarded, fallback }: VariableUse, at: Span, reader?: Fact): void {
    if (magic.test(name)) return;
    const known = this.wanted.get(name);
    if (known === undefined) {
      this.wanted.set(name, { at, uses: 1, guarded, ...(fallback === undefined ? {} : { fallback }) });
    } else {
      known.uses++;
      known.guarded ||= guarded;
      if (known.fallback === undefined && fallback !== undefined) known.fallback = fallback;
    }
    if (reader !== undefined) {
      const target = {
        by: 'name',
        format: 'ansible',
        kinds: ['input', 'value', 'output'],
        name,
        scope: this.file.scope,
      } as const;
      this.file.refer(reader, 'reads', target, at);
    }
  }

  /** What a lookup reaches for: a variable of the controller's environment, or the system behind its plug-in. */
  lookUp({ plugin, term }: Lookup, at: Span, reader?: Fact): void {
    if (plugin === 'env' && term !== undefined && !this.declared.has(`env ${term}`)) {
      this.declared.add(`env ${term}`);
      // No variable of Ansible, so it is no input of the role: the roles' own names are what a caller sets.
      this.file.fact({ kind: 'value', name: term, at, attributes: { rule: environmentRule } });
    }
    const full = fullModuleName(lookupPlugins[plugin] ?? plugin);
    const system = full === undefined ? undefined : systemOfModule(full);
    if (system === undefined) return;
    this.file.couple({ system, class: 'lookup', swap: 'rewrite', at, consumers: reader === undefined ? [] : [reader] });
  }

  /** Inputs in order of their first use. `settle` takes those away again that another file of the scope declares. */
  say(): void {
    for (const [name, { at, uses, guarded, fallback }] of this.wanted) {
      if (this.declared.has(name)) continue;
      this.file.fact({
        kind: 'input',
        name,
        at,
        status: 'inferred',
        attributes: { rule: undeclaredRule, required: !guarded, default: fallback, uses },
      });
    }
  }
}

/** Full names of lookup plug-ins that are still called by their short ones. */
const lookupPlugins: { readonly [plugin: string]: string } = {
  hashi_vault: 'community.hashi_vault.hashi_vault',
  aws_secret: 'amazon.aws.aws_secret',
  aws_ssm: 'amazon.aws.aws_ssm',
  k8s: 'kubernetes.core.k8s',
  nios: 'infoblox.nios_modules.nios_lookup',
  azure_keyvault_secret: 'azure.azcollection.azure_keyvault_secret',
};

/** Marks variables of the controller's environment, which share no names with those of Ansible. */
export const environmentRule = 'ansible-lookup-env';
export const undeclaredRule = 'ansible-used-but-undeclared';

/** Says that a file sets a variable. */
export function sayValue(
  file: FileBuilder,
  wanted: WantedVariables,
  name: string,
  level: Level,
  at: Span,
  value?: YamlNode,
): void {
  // What is left of a broken line is no name.
  if (!/^[A-Za-z_]\w*$/.test(name)) return;
  // `x: "{{ x | default(1) }}"` completes a value that comes from elsewhere.
  const readsItself = readsName(value, name) || undefined;
  if (readsItself === undefined) wanted.declare(name);
  file.fact({
    kind: level === 'register' ? 'output' : level === 'defaults' || level === 'vars_prompt' ? 'input' : 'value',
    name,
    at,
    attributes: {
      level,
      precedence: precedence[level],
      readsItself,
      ...(value === undefined ? {} : literalOf(name, value, level)),
    },
  });
}

function readsName(value: YamlNode | undefined, name: string): boolean {
  if (value?.kind !== 'scalar' || !value.text.includes(name) || !value.text.includes('{{')) return false;
  return scanTemplate(value.text).uses.some((use) => use.name === name);
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

/** Reads the templates in every text of a node, keys of maps included. `!unsafe` and `!vault` texts are no templates. */
export function scanNode(node: YamlNode | undefined, wanted: WantedVariables, reader?: Fact): void {
  if (node === undefined || node.tag === '!unsafe' || node.tag === '!vault') return;
  if (node.kind === 'scalar') scanText(node, wanted, reader, scanTemplate);
  else if (node.kind === 'seq') for (const item of node.items) scanNode(item, wanted, reader);
  else
    for (const entry of node.entries) {
      if (entry.key.includes('{{'))
        for (const use of scanTemplate(entry.key).uses) wanted.use(use, { line: entry.keyLine }, reader);
      scanNode(entry.value, wanted, reader);
    }
}

/** Reads a condition, or a list of them: bare expressions. */
export function scanCondition(node: YamlNode | undefined, wanted: WantedVariables, reader?: Fact): void {
  if (node?.kind === 'seq') for (const item of node.items) scanCondition(item, wanted, reader);
  // `no` and `yes` are truths here, not names.
  else if (node?.kind === 'scalar' && truthOf(node) === undefined) scanText(node, wanted, reader, scanExpression);
}

function scanText(
  node: YamlScalar,
  wanted: WantedVariables,
  reader: Fact | undefined,
  scan: (text: string) => TemplateScan,
): void {
  if (node.value === null || (scan === scanTemplate && !node.text.includes('{'))) return;
  const { uses, lookups } = scan(node.text);
  for (const use of uses) wanted.use(use, spanInScalar(node, use.at), reader);
  for (const lookup of lookups) wanted.lookUp(lookup, spanInScalar(node, lookup.at), reader);
}

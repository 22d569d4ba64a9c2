import type { FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import type { Lookup, VariableUse } from '../jinja/expression.ts';
import { scanExpression, scanTemplate, type TemplateScan } from '../jinja/template.ts';
import { spanInScalar, textsOf, truthOf, type YamlNode, type YamlScalar } from '../yaml/node.ts';
import { fullModuleName, systemOfModule } from './modules.ts';

/** What Ansible itself provides (Ansible reference, "Special variables"); facts and connection settings by their prefix. */
const magic =
  /^(?:ansible_\w+|ansible|hostvars|groups|group_names|inventory_hostname|inventory_hostname_short|inventory_dir|inventory_file|play_hosts|playbook_dir|role_name|role_names|role_path|omit|environment|item|vars|template_(?:host|path|fullpath|uid|run_date|destpath)|discovered_interpreter_python|molecule_\w+)$/;

interface Wanted {
  at: Span;
  uses: number;
  guarded: boolean;
  /** A task that sets variables runs only while this one is undefined: whoever calls may set it before. */
  offered?: true;
  fallback?: string;
}

/** The variables that one file reads and does not itself set; said as inputs once the whole file was read. */
export class WantedVariables {
  private readonly wanted = new Map<string, Wanted>();
  private readonly declared = new Set<string>();
  private readonly file: FileBuilder;
  private readonly own: string | undefined;

  /** @param role name of the role that the file belongs to */
  constructor(file: FileBuilder, role?: string) {
    this.file = file;
    // The variables of a role `ansible_config` bear its name, and no fact of Ansible's does.
    const prefix = role?.replace(/-/g, '_');
    this.own = prefix?.startsWith('ansible_') ? `${prefix}_` : undefined;
  }

  /** The file sets this name itself, somewhere. */
  declare(name: string): void {
    this.declared.add(name);
  }

  use({ name, guarded, fallback }: VariableUse, at: Span, reader?: Fact): void {
    if (magic.test(name) && !(this.own !== undefined && name.startsWith(this.own))) return;
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

  /** A condition under which the file sets variables, each of them one that a caller may have set before. */
  offer(condition: YamlNode): void {
    for (const text of textsOf(condition))
      for (const { name, asksUndefined } of scanExpression(text).uses) {
        const known = this.wanted.get(name);
        if (asksUndefined === true && known !== undefined && !name.startsWith('_')) known.offered = true;
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
    for (const [name, { at, uses, guarded, offered, fallback }] of this.wanted) {
      if (this.declared.has(name) && offered === undefined) continue;
      this.file.fact({
        kind: 'input',
        name,
        at,
        status: 'inferred',
        attributes: { rule: undeclaredRule, required: !guarded, default: fallback, uses, setWhenUndefined: offered },
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

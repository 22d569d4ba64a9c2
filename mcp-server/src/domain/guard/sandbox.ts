import type { Policy, SANDBOX_KINDS } from '../policy/policy.ts';
import type { Effect, Target } from './effects.ts';

export type Sandbox = Policy['guard']['sandboxes'][number];
type SandboxKind = (typeof SANDBOX_KINDS)[number];

/** What the file system says; paths in, absolute real paths out. */
export interface Look {
  /** @param folder undefined for the repository's root */
  resolve(path: string, folder?: string): string;
  /** Text of a file; undefined when it cannot be read. */
  read(path: string): string | undefined;
}

/**
 * How a group of tools names what it changes. Whatever is said has to be declared, compared exactly, and at least one of
 * `by` has to be said: a target that is left to files or to the environment is none.
 */
interface Rule {
  readonly tools: readonly string[];
  readonly by: Readonly<Record<string, SandboxKind>>;
  /** Has to be declared when it is said, and is not enough alone. */
  readonly also?: Readonly<Record<string, SandboxKind>>;
  /** May not be said: it gives the same name to something else. */
  readonly never?: readonly string[];
  /** The folder it starts in may be the sandbox. */
  readonly folder?: SandboxKind;
  /** Verbs that leave the named target. */
  readonly leaves?: RegExp;
}

const RULES: readonly Rule[] = [
  {
    tools: ['ansible-playbook', 'ansible', 'ansible-console', 'ansible-navigator', 'ansible-runner'],
    by: { inventory: 'ansible-inventory', host: 'host' },
  },
  {
    tools: [...['kubectl', 'oc', 'helm', 'helmfile', 'flux', 'istioctl', 'velero', 'kapp', 'skaffold', 'werf', 'tkn']],
    by: { context: 'kube-context' },
    never: ['kubeconfig', 'server', 'cluster'],
    leaves: /^push$/,
  },
  {
    tools: ['terraform', 'tofu', 'terragrunt'],
    by: { workspace: 'terraform-workspace', profile: 'account' },
    also: { 'var-file': 'terraform-var-file' },
    never: ['state', 'arguments', 'data', 'credentials'],
    folder: 'terraform-folder',
  },
  { tools: ['pulumi'], by: { stack: 'pulumi-stack' } },
  {
    tools: ['docker', 'podman', 'nerdctl', 'docker-compose'],
    by: { context: 'docker-context', host: 'host' },
    leaves: /\bpush\b/,
  },
  { tools: ['aws'], by: { profile: 'account', endpoint: 'host' }, never: ['credentials'] },
  { tools: ['cdk', 'sam', 'serverless', 'eksctl', 'oci'], by: { profile: 'account' } },
  { tools: ['az'], by: { subscription: 'account' }, never: ['config'] },
  { tools: ['gcloud', 'bq'], by: { project: 'account' }, never: ['configuration', 'impersonate'] },
  { tools: ['openstack'], by: { cloud: 'account' } },
  { tools: ['doctl', 'hcloud'], by: { context: 'account' } },
  { tools: ['vault', 'consul', 'nomad'], by: { address: 'host' } },
  { tools: ['govc', 'esxcli', 'argocd'], by: { server: 'host' } },
];

/** Kinds whose value is a path. */
const PATHS = new Set<SandboxKind>(['ansible-inventory', 'terraform-folder', 'terraform-var-file']);
/** Variables that send Ansible to another machine than the inventory says. */
const REDIRECTS = /ansible_(?:\w*_)?(?:host|port|connection|ssh\w*args?|ssh_executable|proxy\w*)\b|\$ANSIBLE_VAULT/;

/** Why an effect is not one on a declared sandbox; undefined when it is. */
export function notSandboxed(effect: Effect, sandboxes: readonly Sandbox[], look: Look): string | undefined {
  if (effect.places.length > 0)
    return `it runs on ${effect.places.map(({ program, name }) => `${program} ${name ?? '?'}`).join(', ')}, where no sandbox is declared`;
  const rule = RULES.find(({ tools }) => tools.includes(effect.tool));
  if (rule === undefined || effect.verb === undefined || rule.leaves?.test(effect.verb) === true)
    return 'there is no sandbox for it';
  const declared = (kind: SandboxKind) => sandboxes.filter((one) => one.kind === kind).map(({ value }) => value);
  let said = 0;
  for (const target of effect.targets) {
    if (rule.never?.includes(target.kind) === true)
      return `${show(target)} can give a declared name to something else: leave it out`;
    const kind = rule.by[target.kind] ?? rule.also?.[target.kind];
    if (kind === undefined) continue;
    const problem = unlike(target, kind, declared(kind), effect.directory, look);
    if (problem !== undefined) return problem;
    if (Object.hasOwn(rule.by, target.kind)) said++;
  }
  const redirect = effect.tool.startsWith('ansible') ? redirected(effect, look) : undefined;
  if (redirect !== undefined) return redirect;
  if (said > 0 || (rule.folder !== undefined && inFolder(effect, declared(rule.folder), look))) return undefined;
  const kinds = [...new Set([...Object.values(rule.by), ...(rule.folder === undefined ? [] : [rule.folder])])];
  const named = kinds.flatMap((kind) => declared(kind).map((value) => `${kind} ${value}`));
  if (named.length === 0) return 'no sandbox is declared for it';
  return `the line does not name a declared sandbox (${named.join(', ')})`;
}

const show = ({ kind, value }: Target) => `${kind} ${value ?? '(only known when it runs)'}`;

function unlike(
  target: Target,
  kind: SandboxKind,
  declared: readonly string[],
  directory: string | undefined,
  look: Look,
): string | undefined {
  const { value } = target;
  if (value === undefined) return `${show(target)}: say it on the line, in plain words`;
  if (PATHS.has(kind)) {
    if (directory === undefined && !value.startsWith('/')) return `${show(target)}: it is not clear in which folder`;
    const path = look.resolve(value, directory);
    if (declared.some((one) => look.resolve(one) === path)) return undefined;
  } else if (declared.includes(value)) return undefined;
  const alike = declared.length === 0 ? `no ${kind} is declared` : `declared: ${declared.join(', ')}, compared exactly`;
  return `${show(target)} is no declared sandbox (${alike})`;
}

function inFolder(effect: Effect, declared: readonly string[], look: Look): boolean {
  const named = effect.targets.filter(({ kind }) => kind === 'directory');
  if (effect.directory === undefined || named.some(({ value }) => value === undefined)) return false;
  const folder = named.reduce((at, { value }) => look.resolve(value ?? '.', at), effect.directory);
  return declared.some((one) => look.resolve(one) === look.resolve(folder));
}

/** What sends Ansible elsewhere than the inventory says: connection variables and SSH options. */
function redirected(effect: Effect, look: Look): string | undefined {
  const options = effect.argv.find(
    (word) => word !== undefined && /^--(?:ssh|sftp|scp)-(?:common|extra)-args/.test(word),
  );
  if (options !== undefined) return `${options.split('=')[0]} can lead to another machine: leave it out`;
  for (const { kind, value } of effect.targets) {
    if (kind !== 'variables') continue;
    if (value === undefined) return 'its extra variables are only known when it runs: say them in plain words';
    const text = value.startsWith('@') ? look.read(look.resolve(value.slice(1), effect.directory)) : value;
    if (text === undefined) return `${value} cannot be read`;
    if (REDIRECTS.test(text))
      return `the extra variables ${value.slice(0, 60)} can lead to another machine: leave them out`;
  }
  return undefined;
}

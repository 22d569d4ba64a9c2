import type { Effect } from '../shell/tools.ts';
import { isShortName } from './modules.ts';

/** What a task does to the world; neither where it only steers the play. */
export interface TaskEffect {
  effect?: Effect;
  /** No rule knows it: it is taken for a write, which errs on the safe side. */
  assumed?: true;
}

/** Modules that steer the play and touch nothing. */
const steering = new Set(
  'add_host assert debug fail group_by include include_role include_tasks include_vars import_playbook import_role import_tasks meta pause set_fact set_stats validate_argument_spec update_fact fact_diff validate async_status'.split(
    ' ',
  ),
);

const reading = new Set(
  'acme_inspect cli_parse fetch find gather_facts get_certificate getent grpc_get k8s_log ldap_search listen_ports_facts mongodb_status mount_facts mysql_info net_get net_ping netconf_get nios_next_ip nios_next_network package_facts ping postgresql_ping read_csv restconf_get service_facts setup slurp snow_record_find stat vmware_guest_find wait_for wait_for_connection win_find win_ping win_reg_stat win_stat win_wait_for win_whoami ios_ping junos_ping vault_kv1_get vault_kv2_get vault_read openssl_csr_info tower_job_wait vmware_guest_tools_wait ovirt_auth vault_login docker_login sts_assume_role'.split(
    ' ',
  ),
);

/** Modules that run a text given to them, whose effect the text decides. */
export const running: { readonly [module: string]: true } = { command: true, shell: true, raw: true, expect: true };

/** Modules that run something else on a device, in a container or in a database; their arguments decide. */
const others = new Set(
  'script k8s_exec docker_container_exec podman_container_exec mysql_query postgresql_query mssql_script win_shell win_powershell telnet'.split(
    ' ',
  ),
);

export function runsOther(module: string): boolean {
  return Object.hasOwn(running, module) || others.has(module) || module.endsWith('_command');
}

const readingWords = new Set(
  'info fact facts get list show search find read lookup test check validate verify wait ping describe discover whoami query parse diff compare stat'.split(
    ' ',
  ),
);
const writingWords = new Set(
  'add adopt apply attach backup bootstrap cancel config configure copy create delete deploy detach disable download enable exec export generate import install join launch prepare push register remove reset restart restore run send set setup start status stop sync uninstall update upgrade upload write'.split(
    ' ',
  ),
);

/**
 * What a module does by its full name, or by its short one where no collection is known; undefined where it steers,
 * where its arguments decide, and where nothing tells. Modules of collections that only look are named `_info` or
 * `_facts` (Ansible developer guide, "Creating an info or a facts module"), the others manage something; of those that
 * nobody knows the verbs of the name count, a writing one before a reading one.
 */
export function effectOfModule(full: string): Effect | undefined {
  const module = full.slice(full.lastIndexOf('.') + 1);
  if (steering.has(module) || runsOther(module)) return undefined;
  if (reading.has(module) || /_(?:info|facts?)$/.test(module)) return 'read';
  if (isShortName(module)) return 'write';
  const parts = module.split('_');
  if (parts.some((part) => writingWords.has(part))) return 'write';
  if (parts.some((part) => readingWords.has(part))) return 'read';
  return full.includes('.') ? 'write' : undefined;
}

export function isSteering(module: string): boolean {
  return steering.has(module);
}

/** Families of modules that touch the same kind of thing, so that a write and a read of it can meet. */
const kinds: { readonly [module: string]: string } = {
  ...same(
    'path',
    'acl archive assemble blockinfile copy fetch file find get_url ini_file lineinfile replace slurp stat synchronize template tempfile unarchive xattr xml',
  ),
  ...same('service', 'service systemd systemd_service sysvinit runit supervisorctl'),
  ...same('package', 'apk apt dnf dnf5 homebrew package pacman pip yum zypper gem npm snap'),
  ...same('url', 'uri'),
  ...same('path', 'win_copy win_file win_template win_stat win_get_url win_lineinfile'),
  ...same('service', 'win_service win_service_info'),
};

function same(kind: string, modules: string): { [module: string]: string } {
  return Object.fromEntries(modules.split(' ').map((module) => [module, kind]));
}

const keys: { readonly [kind: string]: readonly string[] } = {
  path: ['path', 'dest', 'name', 'destfile', 'paths', 'src'],
  service: ['name', 'service', 'unit'],
  package: ['name', 'pkg', 'package'],
  url: ['url'],
};

/**
 * What a module touches, spelt alike for modules of one family: `path /etc/motd`, `service nginx`, `nios_network
 * 10.0.0.0/8`. Undefined when its arguments do not say.
 */
export function objectOfModule(module: string, argument: (name: string) => string | undefined): string | undefined {
  const kind = kinds[module] ?? module.replace(/_(?:info|facts?)$/, '');
  const candidates = keys[kind] ?? [
    'name',
    'network',
    'path',
    'dest',
    'url',
    'id',
    'host',
    'fqdn',
    'prefix',
    'repo',
    'key',
    'db',
    'bucket',
    'number',
  ];
  for (const key of candidates) {
    const value = argument(key);
    if (value === undefined || value === '') continue;
    const type = key === 'name' && kind === module ? argument('kind') : undefined;
    return `${kind} ${type === undefined ? '' : `${type}/`}${oneWord(value)}`;
  }
  return undefined;
}

function oneWord(value: string): string {
  return value.replace(/\s+/g, ' ').trim().slice(0, 120);
}

import type { Tool } from '../tool.ts';

const ANSIBLE_VALUED =
  '-i --inventory --inventory-file -l --limit -e --extra-vars -t --tags --skip-tags -u --user -c --connection -T --timeout ' +
  '-f --forks -M --module-path --private-key --key-file --vault-id --vault-password-file --vault-pass-file --become-method ' +
  '--become-user --become-password-file --connection-password-file --start-at-task --ssh-common-args --sftp-extra-args ' +
  '--scp-extra-args --ssh-extra-args -m --module-name -a --args --playbook-dir -B --background -P --poll';

const ANSIBLE_TARGETS = {
  inventory: '-i --inventory --inventory-file ANSIBLE_INVENTORY',
  limit: '-l --limit',
  variables: '-e --extra-vars',
  config: 'ANSIBLE_CONFIG',
};

const ANSIBLE_DRY = ['--check', '-C', '--syntax-check', '--list-hosts', '--list-tasks', '--list-tags'];

/** Configuration management and network automation. */
export const CONFIGURATION: readonly Tool[] = [
  {
    tool: 'ansible-playbook',
    verbless: true,
    valued: ANSIBLE_VALUED,
    reads: [],
    dry: ANSIBLE_DRY,
    targets: ANSIBLE_TARGETS,
    operandTargets: { playbook: 0 },
  },
  {
    tool: 'ansible',
    verbless: true,
    valued: ANSIBLE_VALUED,
    dry: ANSIBLE_DRY,
    targets: ANSIBLE_TARGETS,
    operandTargets: { pattern: 0 },
    reads: [
      '-m=ping|setup|debug|gather_facts|stat|slurp|getent|service_facts|package_facts|win_ping',
      '--module-name=ping|setup|debug|gather_facts|stat',
    ],
  },
  {
    tool: 'ansible-console',
    verbless: true,
    valued: ANSIBLE_VALUED,
    reads: [],
    dry: ANSIBLE_DRY,
    targets: ANSIBLE_TARGETS,
    operandTargets: { pattern: 0 },
  },
  {
    tool: 'ansible-pull',
    verbless: true,
    valued: `${ANSIBLE_VALUED} -U --url -d --directory -C --checkout`,
    reads: [],
    dry: ['--check', '--list-hosts'],
    targets: { ...ANSIBLE_TARGETS, repository: '-U --url' },
    operandTargets: { playbook: 0 },
  },
  {
    tool: 'ansible-navigator',
    valued: `${ANSIBLE_VALUED} --mode --ee --eei --pp`,
    mutates: ['run|exec'],
    dry: ANSIBLE_DRY,
    targets: ANSIBLE_TARGETS,
    operandTargets: { playbook: 1 },
  },
  {
    tool: 'ansible-runner',
    valued: `${ANSIBLE_VALUED} -p --playbook -r --role --inventory`,
    mutates: ['run|start'],
    targets: { ...ANSIBLE_TARGETS, playbook: '-p --playbook' },
  },
  {
    tool: 'awx',
    binaries: ['awx', 'tower-cli'],
    valued: '--conf.host --conf.token -f -k',
    mutates: ['* launch|create|modify|delete|update|relaunch|cancel|associate|disassociate', 'import|send'],
    targets: { host: '--conf.host CONTROLLER_HOST TOWER_HOST' },
  },
  {
    tool: 'salt',
    binaries: ['salt', 'salt-ssh', 'salt-call', 'salt-run'],
    valued: '-c --config-dir -t --timeout --out',
    reads: ['* test.ping|test.version|grains.*|status.*|pillar.*', 'grains.*|pillar.*'],
    dry: ['test=True'],
  },
  {
    tool: 'puppet',
    valued: '--environment --modulepath',
    mutates: ['apply|agent|device', 'node purge|clean|deactivate'],
    dry: ['--noop'],
  },
  {
    tool: 'bolt',
    valued: '-t --targets -i --inventoryfile',
    mutates: ['command|script|task|plan|file run|upload', 'apply'],
    dry: ['--noop'],
    targets: { hosts: '-t --targets', inventory: '-i --inventoryfile' },
  },
  { tool: 'pyinfra', verbless: true, valued: '--user --key', reads: ['* fact|debug-inventory'], dry: ['--dry'] },
  {
    tool: 'napalm',
    valued: '--user --password --vendor --optional_args',
    mutates: ['* configure', 'configure'],
    dry: ['--dry-run', '-d'],
  },
];

/** A role that systems fill, in the words of requirements and with the names of products that fill it. */
export interface Concept {
  name: string;
  /** Phrases of a need, in words as `wordsOf` gives them. */
  phrases: readonly string[];
  /** Words of a fact's id: what fills the role, or talks to what does. */
  products: readonly string[];
}

/** Data, not rules: a new product is a word here. Phrases are singular and lower-case. */
export const CONCEPTS: readonly Concept[] = [
  {
    name: 'address management',
    phrases: [
      'address plan',
      'address management',
      'ipam',
      'ip address',
      'prefix register',
      'source of truth',
      'network inventory',
    ],
    products: ['netbox', 'nautobot', 'infoblox', 'nios', 'phpipam', 'bluecat', 'efficientip'],
  },
  {
    name: 'name service',
    phrases: ['dns', 'name server', 'name service', 'authoritative server', 'zone'],
    products: ['dns', 'bind', 'powerdns', 'infoblox', 'nios', 'route53', 'efficientip', 'bluecat'],
  },
  {
    name: 'container platform',
    phrases: [
      'container platform',
      'container orchestrator',
      'kubernetes',
      'cluster',
      'replica',
      'run an image',
      'run image',
    ],
    products: ['kubernetes', 'openshift', 'okd', 'docker', 'podman', 'nomad'],
  },
  {
    name: 'container build',
    phrases: ['build image', 'build an image', 'container build', 'image builder'],
    products: ['docker', 'podman', 'buildah', 'kaniko'],
  },
  {
    name: 'source repository',
    phrases: ['source repository', 'git host', 'repository', 'version control', 'source control', 'code hosting'],
    products: ['github', 'gitlab', 'gitea', 'bitbucket', 'git'],
  },
  {
    name: 'build runner',
    phrases: ['build runner', 'pipeline', 'continuous integration', 'ci', 'build server', 'runner'],
    products: ['github', 'gitlab', 'jenkins', 'azuredevops'],
  },
  {
    name: 'image registry',
    phrases: ['image registry', 'container registry', 'artifact registry', 'registry'],
    products: ['registry', 'harbor', 'quay', 'artifactory', 'ecr', 'acr', 'gitlab', 'nexus'],
  },
  {
    name: 'secret store',
    phrases: ['secret store', 'secret manager', 'hand secret', 'vault', 'credential store', 'key management'],
    products: ['vault', 'conjur', 'cyberark', 'sops', 'secretsmanager', 'openbao'],
  },
  {
    name: 'ticketing',
    phrases: [
      'ticket',
      'change record',
      'change management',
      'service desk',
      'itsm',
      'change ticket',
      'incident',
      'cmdb',
    ],
    products: ['servicenow', 'snow', 'jira', 'remedy', 'itop'],
  },
  {
    name: 'automation controller',
    phrases: [
      'automation controller',
      'automation platform',
      'orchestration',
      'job runner',
      'workflow engine',
      'orchestrator',
    ],
    products: ['awx', 'aap', 'itential', 'rundeck', 'stackstorm', 'semaphore'],
  },
  {
    name: 'configuration management',
    phrases: [
      'configuration management',
      'configuration tool',
      'ansible',
      'automation tool',
      'configure host',
      'configure device',
    ],
    products: ['ansible', 'puppet', 'salt', 'chef'],
  },
  {
    name: 'network devices',
    phrases: ['switch', 'router', 'network device', 'firewall', 'device inventory', 'inventory'],
    products: ['inventory', 'ios', 'nxos', 'eos', 'junos', 'iosxr', 'fortios', 'panos', 'asa', 'netcommon', 'devices'],
  },
  {
    name: 'infrastructure provisioning',
    phrases: ['provision infrastructure', 'infrastructure as code', 'provisioning tool', 'terraform'],
    products: ['terraform', 'tofu', 'opentofu', 'pulumi', 'crossplane'],
  },
  {
    name: 'cloud account',
    phrases: ['cloud account', 'cloud', 'subscription', 'cloud provider', 'object storage'],
    products: ['aws', 'azure', 'google', 'gcloud', 'openstack', 'hcloud'],
  },
  {
    name: 'virtualisation',
    phrases: ['virtual machine', 'hypervisor', 'virtualisation', 'virtualization'],
    products: ['vcenter', 'vmware', 'proxmox', 'ovirt', 'libvirt', 'nutanix'],
  },
  {
    name: 'metrics and logs',
    phrases: ['metric', 'monitoring', 'log', 'observability', 'alert'],
    products: ['prometheus', 'grafana', 'splunk', 'zabbix', 'datadog', 'icinga', 'sensu', 'elastic'],
  },
  { name: 'python', phrases: ['python'], products: ['python', 'python3'] },
  { name: 'shell access', phrases: ['ssh', 'remote login', 'log in to host'], products: ['ssh'] },
];

/** Words that mean the same when existing work is compared with what is wanted. */
export const SYNONYMS: readonly (readonly string[])[] = [
  ['create', 'add', 'provision', 'allocate', 'assign', 'onboard', 'deploy', 'install', 'rollout'],
  ['delete', 'remove', 'decommission', 'release', 'deprovision', 'offboard', 'retire'],
  ['update', 'change', 'modify', 'edit', 'set', 'configure'],
  ['check', 'verify', 'validate', 'audit', 'test'],
  ['read', 'get', 'list', 'show', 'fetch', 'query', 'lookup', 'info', 'fact', 'facts'],
  ['rollback', 'restore', 'revert', 'undo'],
  ['backup', 'snapshot', 'save'],
  ['vlan', 'vlans', 'network', 'segment'],
  ['record', 'entry', 'records'],
  ['address', 'ip', 'ipaddress'],
  ['host', 'server', 'machine', 'node'],
  ['service', 'application', 'app'],
];

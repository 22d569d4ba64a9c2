/** Programs that a shell command may call, and what a call does to the world. */

export type Effect = 'read' | 'write';

interface Tool {
  /** The system the program speaks to; left out where it works on the machine it runs on. */
  system?: string;
  /** Tests against the words that are no options, from each of the first few on; the earliest match decides. */
  reads?: RegExp;
  writes?: RegExp;
  /** The first word names the object, not the one behind the verb. */
  isNamedFirst?: true;
}

const cloudReads =
  /^(?:\S+ ){0,3}?(?:describe|list|get|show|ls|wait|head|lookup|search|check|test|validate|what-if)(?:-\S+)?(?: |$)/;
const cloudWrites =
  /^(?:\S+ ){0,3}?(?:create|delete|update|put|set|add|remove|attach|detach|start|stop|restart|reboot|run|deploy|cp|mv|rm|sync|mb|rb|apply|import|enable|disable|modify|terminate|invoke|publish|send|tag|untag|register|deregister|associate|disassociate|authorize|revoke|upload|scale|resize|reset|upgrade|rollback|patch|bind|unbind|push|login|submit)(?:-\S+)?(?: |$)/;
const cloud = (system: string): Tool => ({ system, reads: cloudReads, writes: cloudWrites, isNamedFirst: true });
const terraform = (system: string): Tool => ({
  system,
  reads:
    /^(?:plan|validate|show|output|fmt|providers|version|graph|get|init|console|test|state (?:list|show|pull)|workspace (?:list|show|select))(?![\w-])/,
  writes:
    /^(?:apply|destroy|import|taint|untaint|refresh|force-unlock|state (?:rm|mv|push|replace-provider)|workspace (?:new|delete))(?![\w-])/,
});
const containers = (system: string): Tool => ({
  system,
  reads:
    /^(?:ps|images|inspect|logs|info|version|search|history|diff|port|stats|top|events|wait|login|pull|(?:container|image|volume|network|service|stack|node|context|secret|config) (?:ls|list|ps|inspect|logs|history|show|top|stats)|system (?:df|info|events)|buildx (?:imagetools inspect|ls|inspect|du|version)|manifest inspect|compose (?:ps|logs|config|pull|images|top|port|ls|version|events|stats))(?![\w-])/,
  writes:
    /^(?:run|build|buildx \w+|push|rm|rmi|stop|start|restart|kill|tag|exec|create|load|import|commit|cp|rename|update|pause|unpause|prune|(?:container|image|volume|network|service|stack|swarm|secret|config|manifest|system) \w+|up|down|compose \w+)(?![\w-])/,
});
const packages: Tool = {
  reads: /^(?:search|show|list|info|check-update|policy)(?![\w-])/,
  writes: /^(?:install|remove|purge|upgrade|update|dist-upgrade|add|del|erase|autoremove)(?![\w-])/,
};
const rabbitmq: Tool = {
  system: 'rabbitmq',
  reads: /^(?:list_\S+|\S*status|ping|environment|report|version|(?:await|check|node)_\S+)(?![\w-])/,
  writes: /^\w/,
};
/** They change the machine that they run on, whatever their words are. */
const host: Tool = { writes: /^/ };
const database = (system: string): Tool => ({ system, writes: /^/ });

export const tools: { readonly [program: string]: Tool } = {
  terraform: terraform('terraform'),
  tofu: terraform('terraform'),
  terragrunt: { ...terraform('terraform'), writes: /^(?:run-all )?(?:apply|destroy|import)(?![\w-])/ },
  packer: { system: 'packer', reads: /^(?:validate|inspect|init|fmt)(?![\w-])/, writes: /^build\b/ },
  pulumi: {
    system: 'pulumi',
    reads: /^(?:preview|stack ls|stack output|config get)(?![\w-])/,
    writes: /^(?:up|destroy|import|refresh|config set)(?![\w-])/,
  },
  'ansible-playbook': { system: 'ansible', writes: /^/ },
  ansible: { system: 'ansible', writes: /^/ },
  'ansible-galaxy': {
    system: 'ansible-galaxy',
    reads: /^(?:\w+ )?(?:list|info|search)(?![\w-])/,
    writes: /^(?:\w+ )?install\b/,
  },
  kubectl: {
    system: 'kubernetes',
    reads:
      /^(?:get|describe|logs|top|explain|api-resources|api-versions|version|wait|diff|events|kustomize|port-forward|proxy|cluster-info|auth|config (?:view|current-context|get-\S+)|rollout (?:status|history))(?![\w-])/,
    writes:
      /^(?:apply|create|delete|replace|patch|edit|scale|autoscale|set|label|annotate|taint|drain|cordon|uncordon|expose|run|exec|cp|rollout (?:restart|undo|pause|resume))(?![\w-])/,
  },
  oc: {
    system: 'openshift',
    reads: /^(?:get|describe|logs|status|whoami|project|wait|diff|explain|version|rollout (?:status|history))(?![\w-])/,
    writes: /^(?:apply|create|delete|replace|patch|scale|set|process|new-app|adm|rollout \w+)(?![\w-])/,
  },
  helm: {
    system: 'helm',
    reads:
      /^(?:list|ls|status|get(?: (?:all|hooks|manifest|metadata|notes|values))?|template|lint|show(?: \w+)?|search(?: \w+)?|history|test|version|diff(?: \w+)?|(?:dependency|dep|repo) \w+|pull|package|env|verify)(?![\w-])/,
    writes: /^(?:install|upgrade|uninstall|delete|rollback|push)(?![\w-])/,
  },
  helmfile: {
    system: 'helm',
    reads: /^(?:diff|list|template|lint|status|test)(?![\w-])/,
    writes: /^(?:apply|sync|destroy)(?![\w-])/,
  },
  kustomize: { system: 'kubernetes', reads: /^build\b/, writes: /^edit\b/ },
  argocd: {
    system: 'argocd',
    reads: /^app (?:get|list|diff|wait|history)(?![\w-])/,
    writes: /^app (?:sync|create|delete|set|rollback)(?![\w-])/,
  },
  flux: {
    system: 'flux',
    reads: /^(?:get|check|diff|logs)(?![\w-])/,
    writes: /^(?:bootstrap|create|delete|reconcile|suspend|resume|install)(?![\w-])/,
  },
  docker: containers('docker'),
  'docker-compose': containers('docker'),
  podman: containers('podman'),
  buildah: containers('podman'),
  skopeo: { system: 'container-registry', reads: /^inspect\b/, writes: /^(?:copy|delete|sync)(?![\w-])/ },
  aws: cloud('aws'),
  eksctl: cloud('aws'),
  sam: { system: 'aws', reads: /^validate\b/, writes: /^(?:deploy|delete|sync)(?![\w-])/ },
  cdk: { system: 'aws', reads: /^(?:diff|synth|list|ls)(?![\w-])/, writes: /^(?:deploy|destroy|bootstrap)(?![\w-])/ },
  gcloud: cloud('gcp'),
  gsutil: cloud('gcp'),
  bq: cloud('gcp'),
  az: cloud('azure'),
  azd: { system: 'azure', writes: /^(?:up|deploy|provision|down)(?![\w-])/ },
  oci: cloud('oci'),
  ibmcloud: cloud('ibm-cloud'),
  doctl: cloud('digitalocean'),
  hcloud: cloud('hetzner'),
  openstack: cloud('openstack'),
  aliyun: cloud('alicloud'),
  govc: {
    system: 'vmware',
    reads: /^\S*(?:info|ls|find)(?![\w-])/,
    writes: /^\S+\.(?:create|destroy|change|power|clone|deploy)(?![\w-])/,
  },
  vault: {
    system: 'vault',
    reads: /^(?:read|list|status|kv get|kv list|token lookup|login)(?![\w-])/,
    writes: /^(?:write|delete|kv put|kv delete|kv patch|secrets \w+|auth \w+|policy \w+|operator \w+)(?![\w-])/,
  },
  consul: {
    system: 'consul',
    reads: /^(?:members|kv get|catalog)(?![\w-])/,
    writes: /^(?:kv put|kv delete|reload|leave|join)(?![\w-])/,
  },
  nomad: {
    system: 'nomad',
    reads: /^(?:status|job (?:status|plan|validate))(?![\w-])/,
    writes: /^(?:run|stop|job (?:run|stop))(?![\w-])/,
  },
  gh: {
    system: 'github',
    reads: /^(?:api|\w+ (?:list|view|status|diff|checks|download|watch|clone|checkout))(?![\w-])/,
    writes:
      /^\w+ (?:create|edit|delete|merge|close|reopen|upload|run|rerun|cancel|comment|review|ready|lock|set|sync)(?![\w-])/,
  },
  glab: {
    system: 'gitlab',
    reads: /^\w+ (?:list|view|status)(?![\w-])/,
    writes: /^\w+ (?:create|update|delete|merge|close|run)(?![\w-])/,
  },
  git: {
    system: 'git',
    reads:
      /^(?:clone|fetch|status|log|diff|show|show-ref|grep|blame|rev-parse|rev-list|merge-base|cat-file|name-rev|shortlog|ls-files|ls-remote|ls-tree|describe|pull|remote (?:show|get-url)|config --get)(?![\w-])/,
    writes: /^(?:push|commit|tag|merge|rebase|reset)(?![\w-])/,
  },
  psql: database('postgresql'),
  pg_dump: { system: 'postgresql', reads: /^/ },
  pg_restore: database('postgresql'),
  pg_isready: { system: 'postgresql', reads: /^/ },
  mysql: database('mysql'),
  mariadb: database('mysql'),
  mysqladmin: {
    system: 'mysql',
    reads: /^(?:ping|status|extended-status|processlist|variables|version)(?![\w-])/,
    writes: /^\w/,
  },
  'mariadb-dump': { system: 'mysql', reads: /^/ },
  mysqldump: { system: 'mysql', reads: /^/ },
  mongosh: database('mongodb'),
  mongodump: { system: 'mongodb', reads: /^/ },
  'redis-cli': {
    system: 'redis',
    reads:
      /^(?:ping|get|mget|info|keys|scan|dbsize|ttl|exists|type|llen|lrange|hget|hgetall|hlen|smembers|scard|zrange|zcard|xinfo|xlen|time|role|client list|config get|cluster (?:info|nodes))(?![\w-])/i,
    writes: /^(?:\w+|$)/,
  },
  sqlcmd: database('mssql'),
  sqlplus: database('oracle'),
  liquibase: {
    system: 'database',
    reads: /^(?:status|validate|history|diff)(?![\w-])/,
    writes: /^(?:update|rollback)\S*/,
  },
  flyway: {
    system: 'database',
    reads: /^(?:info|validate)(?![\w-])/,
    writes: /^(?:migrate|clean|repair|undo)(?![\w-])/,
  },
  ssh: { system: 'ssh', writes: /^/ },
  scp: { system: 'ssh', writes: /^/ },
  sftp: { system: 'ssh', writes: /^/ },
  rsync: { writes: /^/ },
  curl: { system: 'http' },
  wget: { system: 'http', reads: /^/ },
  rabbitmqctl: rabbitmq,
  'rabbitmq-diagnostics': rabbitmq,
  'rabbitmq-queues': rabbitmq,
  'rabbitmq-streams': rabbitmq,
  snmpset: { system: 'snmp', writes: /^/ },
  snmpget: { system: 'snmp', reads: /^/ },
  nsupdate: { system: 'dns', writes: /^/ },
  dig: { system: 'dns', reads: /^/ },
  nslookup: { system: 'dns', reads: /^/ },
  ldapsearch: { system: 'ldap', reads: /^/ },
  ldapmodify: { system: 'ldap', writes: /^/ },
  systemctl: {
    reads: /^(?:status|is-active|is-enabled|is-failed|show|list-\S+|cat)(?![\w-])/,
    writes: /^(?:start|stop|restart|reload|enable|disable|mask|unmask|daemon-reload|kill|isolate|set-\S+)(?![\w-])/,
  },
  service: { reads: /^\S+ status\b/, writes: /^\S+ (?:start|stop|restart|reload)(?![\w-])/ },
  'apt-get': packages,
  apt: packages,
  yum: packages,
  dnf: packages,
  apk: packages,
  zypper: packages,
  brew: packages,
  snap: packages,
  pip: { reads: /^(?:list|show|freeze|check)(?![\w-])/, writes: /^(?:install|uninstall)(?![\w-])/ },
  pip3: { reads: /^(?:list|show|freeze|check)(?![\w-])/, writes: /^(?:install|uninstall)(?![\w-])/ },
  iptables: { writes: /^/ },
  ip6tables: { writes: /^/ },
  modprobe: host,
  useradd: host,
  usermod: host,
  userdel: host,
  groupadd: host,
  umount: host,
  'update-alternatives': host,
  sysctl: { reads: /^(?!.*=)/, writes: /^(?=\S+=)/ },
  ufw: { reads: /^(?:status|show|version)(?![\w-])/, writes: /^\w/ },
  hostnamectl: { reads: /^(?:status|$)/, writes: /^set-/ },
  timedatectl: { reads: /^(?:status|show|$)/, writes: /^set-/ },
  nft: { reads: /^list\b/, writes: /^(?:add|delete|flush|insert)(?![\w-])/ },
  'firewall-cmd': { writes: /^/ },
  vagrant: {
    system: 'vagrant',
    reads: /^(?:status|validate|global-status)(?![\w-])/,
    writes: /^(?:up|destroy|halt|provision|reload)(?![\w-])/,
  },
  virsh: {
    system: 'libvirt',
    reads: /^(?:list|dominfo|dumpxml)(?![\w-])/,
    writes: /^(?:start|destroy|define|undefine|create|shutdown)(?![\w-])/,
  },
};

/** Programs that run the command behind them, with the options of theirs that take a value. */
export const wrappers: { readonly [program: string]: { valued: RegExp; positional?: number } } = {
  sudo: { valued: /^-[ugCDhpRTrt]$/ },
  doas: { valued: /^-[uC]$/ },
  env: { valued: /^-[uCS]$/ },
  nohup: { valued: /^$/ },
  exec: { valued: /^-a$/ },
  command: { valued: /^$/ },
  time: { valued: /^-[fo]$/ },
  nice: { valued: /^-n$/ },
  ionice: { valued: /^-[cnp]$/ },
  timeout: { valued: /^-[ks]$/, positional: 1 },
  retry: { valued: /^-\w$/ },
  stdbuf: { valued: /^-[ioe]$/ },
  setsid: { valued: /^$/ },
  chroot: { valued: /^$/, positional: 1 },
  gosu: { valued: /^$/, positional: 1 },
  'su-exec': { valued: /^$/, positional: 1 },
  flock: { valued: /^-[wE]$/, positional: 1 },
  watch: { valued: /^-n$/ },
  npx: { valued: /^(?:-p|--package)$/ },
  'uv run': { valued: /^(?:--with|--group|--extra|--python|-p|--project|--directory)$/ },
  'poetry run': { valued: /^$/ },
  'pipenv run': { valued: /^$/ },
  'pdm run': { valued: /^$/ },
  'hatch run': { valued: /^$/ },
  'bundle exec': { valued: /^$/ },
  'mise exec': { valued: /^$/ },
  'direnv exec': { valued: /^$/, positional: 1 },
  'aws-vault exec': { valued: /^(?:-d|--duration)$/, positional: 1 },
  'chamber exec': { valued: /^$/, positional: 1 },
  'doppler run': { valued: /^(?:-p|--project|-c|--config)$/ },
  'op run': { valued: /^--env-file$/ },
  xargs: { valued: /^-[IPnLdEsa]$/ },
  parallel: { valued: /^-[jNa]$/ },
};

export const shells = /^(?:ba|da|k|z|a)?sh$/;

import type { ShellWord } from './script.ts';

// Options that take the next word, where a program is given them ahead of what it acts on (the manual page of each).
const kubernetes =
  /^(?:-n|--namespace|--context|--cluster|--kubeconfig|-l|--selector|-o|--output|-f|--filename|-k|--kustomize|-c|--container|--timeout|--for|--field-selector|--type|--replicas|--image|--from-literal|--from-file|--sort-by|--template|-s|--server|--token|--as|--user|--tail|--since|--overrides|--grace-period|--field-manager|--request-timeout|--to-revision|-L|--label-columns)$/;
const containers =
  /^(?:-[a-z]*f|--file|--filter|--format|-p|--project-name|--project-directory|--profile|--env-file|--ansi|--progress|--context|-H|--host|-v|--volume|-e|--env|-u|--user|-w|--workdir|--name|--network|--net|--entrypoint|--publish|--mount|--platform|--label|--memory|--cpus|--restart|-h|--hostname|--link|--add-host|--device|--cap-add|--cap-drop|--security-opt|--ulimit|--dns|--ip|--tmpfs|--pid|--ipc|--gpus|--volumes-from|--shm-size|--log-driver|--log-opt|--tag|--build-arg|--target|--cache-from|--cache-to|-o|--output|--secret|--ssh|--builder|--iidfile|--metadata-file|--index|--time|--timeout|--scale|--since|--tail|--signal)$/;
const helm =
  /^(?:-n|--namespace|-f|--values|--set(?:-string|-file|-json)?|--version|--timeout|--kube-context|--kubeconfig|--repo|-o|--output|--history-max|--description|--username|--password|--post-renderer)$/;
const database =
  /^(?:-[hHUpPdDnauSfce]|--command|--execute|--host|--port|--user(?:name)?|--dbname|--database|--password|--set|--file|--socket|--protocol)$/;

const ansible =
  /^(?:-[ieltuamfMc]|--inventory(?:-file)?|--extra-vars|--limit|--tags|--skip-tags|--user|--args|--module-name|--forks|--connection|--private-key|--key-file|--vault-password-file|--vault-id|--become-user|--start-at-task)$/;

const valued: { readonly [program: string]: RegExp } = {
  kubectl: kubernetes,
  oc: kubernetes,
  docker: containers,
  'docker-compose': containers,
  podman: containers,
  helm,
  helmfile: /^(?:-f|--file|-e|--environment|-l|--selector|-n|--namespace|--kube-context)$/,
  ansible,
  'ansible-playbook': ansible,
  git: /^(?:-C|-c|--git-dir|--work-tree|-b|--branch|--depth|-m|--message|--author|--format)$/,
  aws: /^(?:--region|--profile|--output|--endpoint-url|--query|--ca-bundle)$/,
  gcloud: /^(?:--project|--format|--account|--configuration|--impersonate-service-account|--verbosity)$/,
  openstack: /^--os-\S+$/,
  doctl: /^(?:-t|--access-token|-c|--config|--context|-o|--output)$/,
  systemctl: /^(?:-H|--host|-M|--machine|-n|--lines|-t|--type|-p|--property|-s|--signal|-o|--output)$/,
  ssh: /^-[pilobcFJLRDEeImOQSWwB]$/,
  scp: /^-[cDFiJloPS]$/,
  rsync: /^(?:-[eTBf]|--rsh|--exclude(?:-from)?|--include(?:-from)?|--files-from|--filter|--bwlimit)$/,
  'redis-cli': /^-[hpanu]$/,
  psql: database,
  mysql: database,
  mariadb: database,
  mysqladmin: database,
  terraform: /^-chdir$/,
  pip: /^(?:-r|--requirement|-c|--constraint|-i|--index-url|--extra-index-url|-t|--target|--prefix)$/,
  gh: /^(?:-[RXfFH]|--repo|--method|--field|--raw-field|--header|--input|--jq|-q|--json|-t|--template)$/,
};

/** Words that are no options and no values of options, by their index. What a program is not known to take counts as a word. */
export function operandIndexes(program: string, args: readonly ShellWord[]): number[] {
  const takesValue = Object.hasOwn(valued, program) ? valued[program] : undefined;
  const found: number[] = [];
  let verb = '';
  for (let index = 0; index < args.length; index++) {
    const { text } = args[index] as ShellWord;
    // Letters mean one thing to one verb and another to the next: `logs -f` follows, `build -t` names.
    const isSwitch = text === '-f' && verb === 'logs';
    const isTag = text === '-t' && verb === 'build' && takesValue === containers;
    if (isTag || (takesValue?.test(text) === true && !isSwitch)) index++;
    else if (!text.startsWith('-')) {
      found.push(index);
      verb = text;
    }
  }
  return found;
}

/** The first value of an option, as `-f x` or `--file=x`. */
export function optionValue(args: readonly ShellWord[], name: RegExp): string | undefined {
  for (const [index, { text }] of args.entries()) {
    if (name.test(text)) return args[index + 1]?.text;
    const equals = text.indexOf('=');
    if (equals > 0 && name.test(text.slice(0, equals))) return text.slice(equals + 1);
  }
  return undefined;
}

import type { PlanItem } from '../plan.ts';
import type { PlanContext, Planner, Step } from './planner.ts';

/** What Ansible prints must not depend on the person's configuration. */
const PLAIN = {
  ANSIBLE_STDOUT_CALLBACK: 'default',
  ANSIBLE_CALLBACK_RESULT_FORMAT: 'json',
  ANSIBLE_NOCOLOR: '1',
  ANSIBLE_FORCE_COLOR: '0',
  ANSIBLE_NOCOWS: '1',
  ANSIBLE_RETRY_FILES_ENABLED: '0',
  ANSIBLE_DISPLAY_SKIPPED_HOSTS: '1',
  ANSIBLE_LOCALHOST_WARNING: '0',
  ANSIBLE_DEPRECATION_WARNINGS: '0',
  PYTHONHASHSEED: '0',
};

function playbook({ settings, sets }: PlanContext, extra: readonly string[]): Step {
  const { target, base, overlay } = settings;
  const files = [...base, ...overlay].flatMap((file) => ['-e', `@${file}`]);
  // As JSON: `name=value` would be taken apart at spaces, and could set something else.
  const values = Object.keys(sets).length === 0 ? [] : ['-e', JSON.stringify(sets)];
  const hosts = target.hosts === undefined ? [] : ['-l', target.hosts];
  const argv = ['ansible-playbook', '-i', target.inventory!, ...hosts, ...files, ...values, ...extra, target.playbook!];
  return { argv, exits: [0], env: PLAIN };
}

/** Ansible: the changed set of check mode, host by host, with its differences. */
export const ansible: Planner = {
  tool: 'ansible',
  files: ({ target }) => [target.playbook!, target.inventory!, 'ansible.cfg'],
  steps: (context) => [playbook(context, ['--check', '--diff'])],
  apply: (context) => playbook(context, ['--diff']),
  project([output], clean) {
    const { tasks, recap } = readOutput(output!.stdout);
    if (recap.length === 0) return { unreadable: 'ansible-playbook printed no recap' };
    const items = tasks.flatMap(({ name, results }) =>
      results
        .filter((one) => one.status === 'changed')
        .map((one): PlanItem => ({ address: clean(`${one.host}: ${name}`), action: 'change' })),
    );
    const changed = recap.filter((one) => one.changed > 0).length;
    const lines = tasks.flatMap(({ name, results }) =>
      results.length === 0
        ? []
        : [`TASK ${name}`, ...results.flatMap((one) => [...one.lines, `${one.status} ${one.host}`])],
    );
    return {
      summary: {
        creates: 0,
        changes: recap.reduce((sum, one) => sum + one.changed, 0),
        destroys: 0,
        hosts: { changed, all: recap.length },
      },
      items,
      detail: clean(lines.join('\n')),
    };
  },
  saves: false,
  admits: [
    'check mode: commands, scripts and modules without check mode are skipped, and what depends on their results may do more',
    'what a task creates or removes is counted as a change',
  ],
};

interface Result {
  status: 'changed' | 'skipping';
  host: string;
  lines: string[];
}

const RESULT = /^(changed|skipping|ok): \[([^\]\s]+)(?: -> [^\]]*)?\](.*)$/;
const RECAP = /^(\S+)\s+: ok=\d+\s+changed=(\d+)\s/;

/**
 * The default callback's lines. Hosts answer in any order, so those of a task are sorted. The recap is the last one: what a
 * difference quotes cannot stand in for it.
 */
function readOutput(stdout: string): {
  tasks: { name: string; results: Result[] }[];
  recap: { host: string; changed: number }[];
} {
  const lines = stdout.split('\n');
  const end = lines.findLastIndex((line) => line.startsWith('PLAY RECAP *'));
  const tasks: { name: string; results: Result[] }[] = [];
  let pending: string[] = [];
  for (const line of lines.slice(0, Math.max(0, end))) {
    const heading = /^(?:TASK|RUNNING HANDLER) \[(.*)\] \*+$/.exec(line)?.[1];
    if (heading !== undefined) {
      tasks.push({ name: heading, results: [] });
      pending = [];
      continue;
    }
    const result = RESULT.exec(line);
    if (result === null) {
      if (/^[-+ @\\]/.test(line)) pending.push(steady(line));
      continue;
    }
    const [, status, host, item = ''] = result;
    if (status !== 'ok')
      tasks.at(-1)?.results.push({ status: status as Result['status'], host: host! + steady(item), lines: pending });
    pending = [];
  }
  for (const { results } of tasks) results.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const recap = lines.slice(end + 1).flatMap((line) => {
    const found = end < 0 ? null : RECAP.exec(line);
    return found === null ? [] : [{ host: found[1]!, changed: Number(found[2]) }];
  });
  return { tasks, recap };
}

const key = ({ host, lines }: Result) => `${host}\0${lines.join('\n')}`;

/** Temporary folders have another name in every run. */
const steady = (line: string) =>
  line.replace(/[^\s"']*\/\.?ansible[\w.-]*\/tmp\/[^\s"']*|[^\s"']*\/ansible-local-[^\s"']*/g, '<temporary file>');

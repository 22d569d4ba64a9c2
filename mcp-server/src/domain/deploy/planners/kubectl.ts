import type { PlanItem } from '../plan.ts';
import type { PlanContext, Planner } from './planner.ts';

function kubectl({ settings: { target } }: PlanContext, verb: string, ...extra: string[]): string[] {
  const namespace = target.namespace === undefined ? [] : ['--namespace', target.namespace];
  const files = target.manifests!.flatMap((path) => ['--filename', path]);
  return ['kubectl', '--context', target.context!, ...namespace, verb, ...files, ...extra];
}

/** kubectl: the manifests, and what the API server says would be different. */
export const kubernetes: Planner = {
  tool: 'kubectl',
  files: ({ target }) => target.manifests!,
  // 1 says that there are differences.
  steps: (context) => [{ argv: kubectl(context, 'diff'), exits: [0, 1], env: { KUBECTL_EXTERNAL_DIFF: 'diff -u -N' } }],
  apply: (context) => ({ argv: kubectl(context, 'apply'), exits: [0] }),
  project([output], clean) {
    const objects = readDiff(output!.stdout);
    if (objects.length === 0 && output!.exit === 1) return { unreadable: 'kubectl diff printed no differences' };
    const items = objects.map(({ name, isNew }): PlanItem => ({ address: name, action: isNew ? 'create' : 'change' }));
    const creates = items.filter((one) => one.action === 'create').length;
    return {
      summary: { creates, changes: items.length - creates, destroys: 0, hosts: null },
      items,
      detail: objects.map(({ name, lines }) => [name, ...lines.map(clean)].join('\n')).join('\n'),
    };
  },
  saves: false,
  admits: [
    'objects that the manifests no longer name are not removed, and are not in the plan',
    'what controllers and admission after the dry run change',
    'values in Secrets: only the hash of the manifests shows that they moved',
  ],
};

interface ObjectDiff {
  name: string;
  isNew: boolean;
  lines: string[];
}

/**
 * A unified diff of one file for each object, named `group.version.Kind.namespace.name`. What moves by itself between two
 * rehearsals stays out: the status, and where in the object a difference lies.
 */
function readDiff(stdout: string): ObjectDiff[] {
  const objects: ObjectDiff[] = [];
  let inStatus = false;
  for (const line of stdout.split('\n')) {
    const started = /^diff .*\/(?:LIVE|MERGED)-\d+\/(\S+)$/.exec(line)?.[1];
    if (started !== undefined) {
      objects.push({ name: started, isNew: false, lines: [] });
      continue;
    }
    const object = objects.at(-1);
    if (object === undefined || line === '' || /^(?:---|\+\+\+) \S*\/(?:LIVE|MERGED)-\d+\//.test(line)) continue;
    const isHeading = line.startsWith('@@ ');
    if (isHeading || /^ \w/.test(line)) inStatus = line.startsWith(' status:');
    // What is not there is an empty file, and where values are masked the word null.
    if (/^@@ -0,0 /.test(line) || line === '-null') object.isNew = true;
    if (line === '-null' || (inStatus && line.startsWith(' '))) continue;
    object.lines.push(isHeading ? '@@' : steady(object.name, line));
  }
  return objects.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * What the dry run makes up for a new object, and values of Secrets: some versions do not mask them, and none does in the
 * annotation that holds the object as it was applied last.
 */
function steady(name: string, line: string): string {
  const made = /^([-+ ]\s*(?:uid|creationTimestamp|resourceVersion|generation): ).*$/.exec(line);
  if (made !== null) return `${made[1]}<set by the server>`;
  if (!/(?:^|\.)v1\.Secret\./.test(name)) return line;
  return line.replace(/^([-+ ]\s+(?:[^\s:]+:(?: |$))?).*$/, (all, key: string) =>
    /^[-+ ]\s+(?:[^\s:]+:|(?:name|namespace|type|kind|apiVersion): )$/.test(key) ? all : `${key}[redacted]`,
  );
}

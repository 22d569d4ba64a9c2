import { objectChanges, readObjects } from './objects.ts';
import type { PlanContext, Planner } from './planner.ts';

function helm({ settings: { target } }: PlanContext, ...words: string[]): string[] {
  const namespace = target.namespace === undefined ? [] : ['--namespace', target.namespace];
  return ['helm', ...words, '--kube-context', target.context!, ...namespace];
}

/** Values as Helm takes them apart: these characters would begin a list or another value. */
const escaped = (value: string) => value.replace(/[\\,{}[\]]/g, '\\$&');

function values({ settings, sets }: PlanContext): string[] {
  const files = [...settings.base, ...settings.overlay].flatMap((file) => ['--values', file]);
  return [...files, ...Object.entries(sets).flatMap(([name, value]) => ['--set-string', `${name}=${escaped(value)}`])];
}

/** Helm: the rendered manifests beside those of the release that is there. */
export const helmCharts: Planner = {
  tool: 'helm',
  files: ({ target }) => [`${target.chart!}/`],
  steps(context) {
    const { release, chart } = context.settings.target;
    return [
      { argv: [...helm(context, 'template', release!, chart!), ...values(context)], exits: [0] },
      { argv: helm(context, 'get', 'manifest', release!), exits: [0], absent: /release: not found/ },
    ];
  },
  apply(context) {
    const { release, chart } = context.settings.target;
    const wait = ['--wait', '--timeout', `${Math.ceil(context.settings.timeout)}s`];
    return {
      argv: [...helm(context, 'upgrade', '--install', release!, chart!), ...values(context), ...wait],
      exits: [0],
    };
  },
  rollback(context, printed) {
    // By number: the revision before the last is another one when an upgrade failed without making any.
    const revision = /^REVISION: (\d+)$/m.exec(printed)?.[1];
    if (revision === undefined) return undefined;
    return helm(context, 'rollback', context.settings.target.release!, revision, '--wait');
  },
  project([rendered, present]) {
    const [after, before] = [rendered!, present!].map((one) => readObjects(one.stdout));
    if (after === undefined || before === undefined) return { unreadable: 'helm printed manifests that are no YAML' };
    const { items, detail } = objectChanges(before, after);
    const count = (action: string) => items.filter((one) => one.action === action).length;
    const summary = { creates: count('create'), changes: count('change'), destroys: count('destroy'), hosts: null };
    return { summary, items, detail };
  },
  saves: false,
  admits: [
    'hooks and what lies in crds/; what `lookup` and `.Capabilities` tell of the cluster: templates are rendered without it',
    'what templates do only at an upgrade (`.Release.IsUpgrade`): they are rendered as for a first install',
    'objects of the release that somebody changed by hand since',
    'whether the release became what its last upgrade said: one that failed counts as done',
  ],
};

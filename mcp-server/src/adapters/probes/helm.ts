import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { KUBE_ENV, KUBE_SET, kubeTargets } from './kube-targets.ts';
import { defineProbe, isRefusal } from './probe.ts';

const releases = z.array(
  z.object({
    name: z.string(),
    namespace: z.string(),
    status: z.string(),
    chart: z.string(),
    app_version: z.string().default(''),
  }),
);

/** As many as helm gives at once. */
const PAGE = 256;

/** Releases of a cluster. Their values are never asked for. */
export const helm = defineProbe({
  name: 'helm',
  answers: 'which charts are installed, in which version and state',
  needs: 'helm and a kubeconfig',
  strips: 'everything but names, versions and states',
  env: [...KUBE_ENV, 'HELM_DRIVER'],
  calls: {
    releases: {
      run: [
        'helm',
        '--kube-context={context}',
        'list',
        '--all-namespaces',
        '--max=256',
        '--offset={offset}',
        '-o',
        'json',
      ],
      set: KUBE_SET,
    },
  },
  targets: (around) => kubeTargets('helm', around),
  async look({ id }, { ask, found }) {
    const all: z.infer<typeof releases> = [];
    for (let full = true; full; ) {
      const answer = await ask('releases', releases, { values: { offset: String(all.length) } });
      if (isRefusal(answer)) return found({ id, kind: 'client', ...answer });
      all.push(...answer.value);
      full = answer.value.length === PAGE;
    }
    found({ id, kind: 'client', outcome: 'present' });
    for (const { name, namespace, status, chart } of all) {
      const [, title = chart, version] = /^(.+)-(v?\d+\..*)$/.exec(chart) ?? [];
      found({
        id: `${id}/${factId('release', namespace, name)}`,
        kind: 'work',
        outcome: 'present',
        health: status === 'deployed' ? 'running' : status === 'failed' ? 'degraded' : 'stopped',
        ...(version === undefined ? {} : { version }),
        ...(status === 'deployed' ? {} : { reason: `its state is ${status}` }),
        offers: [title],
      });
    }
  },
});

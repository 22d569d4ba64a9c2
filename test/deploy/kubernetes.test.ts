import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rollbackDeploy } from '../../mcp-server/src/app/deploy/rollback.ts';
import { drift } from '../../mcp-server/src/app/drift/drift.ts';
import { ACTOR, bench } from '../helpers/deploy-bench.ts';
import { deployable, type Settings, writePolicy } from '../helpers/deployable.ts';
import type { Project } from '../helpers/project.ts';
import { ID } from '../helpers/zone-file.ts';
import { kubeconfig } from '../probes/cluster.ts';
import { missing } from '../probes/looking.ts';
import { type KubernetesServer, kubernetesServer } from './kubernetes-server.ts';

const noKubectl = missing('kubectl', 'version', '--client');
const noHelm = missing('helm', 'version');
const TOKEN = 'planted-token-0123456789';
const [ONE, TWO] = [btoa('first-value-of-the-secret'), btoa('second-value-of-the-secret')];

const deployment = (image: string, rest = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: '${image}' }
${rest}`;
const secret = (value: string, label = 'a') => `---
apiVersion: v1
kind: Secret
metadata: { name: key, labels: { label: ${label} } }
data: { key: ${value} }
`;

/** A project whose staging is a cluster; its kubeconfig is in the home of the test. */
async function site(files: Record<string, string>, settings: Settings) {
  const cluster = await kubernetesServer(TOKEN);
  const work = await deployable();
  for (const [path, text] of Object.entries(files)) work.write(path, text);
  work.git('add', '-A');
  work.git('commit', '-q', '-m', 'Manifests');
  work.write('../home/.kube/config', kubeconfig(cluster, { token: TOKEN }, 'lab'));
  writePolicy(work, { staging: { deploy: settings } });
  return { work, cluster, ...bench(work) };
}

/** Whatever was kept of a delivery. */
const kept = (work: Project) =>
  ['ledger', 'evidence']
    .map((folder) => work.path('deliveries', ID, folder))
    .flatMap((folder) => readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8')))
    .join('\n');

const writes = ({ asked }: KubernetesServer) =>
  asked.filter((one) => !one.startsWith('GET ') && !one.includes('dryRun=All'));

describe.skipIf(noKubectl !== undefined)(`kubectl, the real one${noKubectl ? `: ${noKubectl}` : ''}`, () => {
  const settings = {
    tool: 'kubectl',
    directory: 'k8s',
    target: { context: 'lab', manifests: ['web.yaml'] },
    wait: 1,
    health: [
      {
        name: 'rolled-out',
        run: ['kubectl', '--context', 'lab', 'rollout', 'status', 'deployment/web', '--timeout=2s'],
      },
    ],
    checks: [
      {
        name: 'image',
        run: ['kubectl', '--context', 'lab', 'get', 'deployment/web', '-o', 'jsonpath={..image}'],
        contains: 'registry.example.org/web:',
      },
    ],
    rollback: ['sh', '-c', 'git show "$0:k8s/web.yaml" | kubectl --context lab apply --filename -', '{commit}'],
  };

  it('[R-DEPLOY-15] plans what the server would change, applies it, waits for the rollout, and hides what is in Secrets', async () => {
    const image = 'registry.example.org/web:1';
    const { work, cluster, plan, approved, apply, rules } = await site(
      { 'k8s/web.yaml': deployment(image) + secret(ONE) },
      settings,
    );
    const first = await approved('staging');
    expect(first.data.plan).toMatchObject({
      summary: { creates: 2, changes: 0, destroys: 0 },
      items: [
        { address: 'apps.v1.Deployment.web.web', action: 'create' },
        { address: 'v1.Secret.web.key', action: 'create' },
      ],
    });
    expect(writes(cluster)).toEqual([]);
    work.write('k8s/web.yaml', deployment(image) + secret(TWO));
    expect((await apply('staging')).blocks.join()).toContain('the files that the tool reads');
    work.write('k8s/web.yaml', deployment(image) + secret(ONE));
    expect(await apply('staging')).toMatchObject({ blocks: [], data: { outcome: 'verified' } });
    expect(cluster.objects.get('Secret/web/key')).toMatchObject({ data: { key: ONE } });
    expect((await plan('staging')).data.plan?.summary).toMatchObject({ creates: 0, changes: 0 });
    // The label stands beside the annotation that holds the Secret as it was applied.
    work.write('k8s/web.yaml', deployment(image, '      terminationGracePeriodSeconds: 5\n') + secret(ONE, 'b'));
    const second = await approved('staging');
    expect(second.data.plan).toMatchObject({ summary: { creates: 0, changes: 2 } });
    expect(second.data.plan?.detail).toContain('+      terminationGracePeriodSeconds: 5');
    expect(second.data.plan?.detail).not.toContain('lastTransitionTime');
    expect(await apply('staging')).toMatchObject({ data: { outcome: 'verified' } });
    expect(rules()).toEqual([]);
    for (const planted of [ONE, TWO, TOKEN]) expect(kept(work)).not.toContain(planted);
  });

  it('[R-DEPLOY-1] refuses when somebody changed the cluster after the plan, but not when its own controllers did', async () => {
    const image = 'registry.example.org/web:1';
    const { work, cluster, approved, apply, deployed, ports } = await site(
      { 'k8s/web.yaml': deployment(image) },
      settings,
    );
    await deployed('staging');
    work.write('k8s/web.yaml', deployment(image, '      terminationGracePeriodSeconds: 5\n'));
    await approved('staging');
    await cluster.edit('Deployment/web/web', { status: { availableReplicas: 0, unavailableReplicas: 1 } });
    await cluster.edit('Deployment/web/web', { spec: { template: { spec: { terminationGracePeriodSeconds: 60 } } } });
    const refused = await apply('staging');
    expect(refused.blocks).not.toEqual([]);
    expect(writes(cluster)).toHaveLength(1);
    await cluster.edit('Deployment/web/web', { spec: { template: { spec: { terminationGracePeriodSeconds: 30 } } } });
    expect(await apply('staging')).toMatchObject({ blocks: [], data: { outcome: 'verified' } });
    expect((await drift(ports, ID, 'staging')).said).toMatch(/^No drift/);
    await cluster.edit('Deployment/web/web', { spec: { template: { spec: { terminationGracePeriodSeconds: 60 } } } });
    expect((await drift(ports, ID, 'staging')).blocks).not.toEqual([]);
  });

  it('[R-DEPLOY-10] records a rollout that does not end as failed, and goes back to the manifests of the last verified state', async () => {
    const { work, cluster, deployed, ports } = await site(
      { 'k8s/web.yaml': deployment('registry.example.org/web:1') },
      settings,
    );
    await deployed('staging');
    work.write('k8s/web.yaml', deployment('registry.example.org/broken:2'));
    const failed = await deployed('staging');
    expect(failed).toMatchObject({ data: { outcome: 'failed' } });
    expect(failed.blocks.join()).toContain('rolled-out failed');
    const back = await rollbackDeploy(ports, ID, 'staging', { actor: ACTOR });
    expect(back).toMatchObject({ blocks: [], data: { outcome: 'verified' } });
    expect(JSON.stringify(cluster.objects.get('Deployment/web/web')?.['spec'])).toContain('registry.example.org/web:1');
  });

  it('[R-DEPLOY-17] says what kubectl said where the cluster refuses', async () => {
    const { work, plan } = await site({ 'k8s/web.yaml': deployment('web:1') }, settings);
    work.write('../home/.kube/config', work.read('../home/.kube/config').replace(TOKEN, 'expired'));
    const planned = await plan('staging');
    expect(planned.blocks).toEqual([expect.stringMatching(/^kubectl ended with \d+ while planning/)]);
    expect(planned.data.tail).toContain('provide credentials');
  });
});

describe.skipIf(noHelm !== undefined)(`helm, the real one${noHelm ? `: ${noHelm}` : ''}`, () => {
  const chart = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'chart/values.yaml': 'image: registry.example.org/web:1\ncolor: none\n',
    'chart/templates/all.yaml': `${deployment('{{ .Values.image }}')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { color: {{ .Values.color | quote }} }
`,
  };
  const settings = {
    tool: 'helm',
    target: { context: 'lab', release: 'web', chart: 'chart' },
    sets: { color: { pattern: '[a-z0-9,=]+' } },
    timeout: 20,
    checks: [
      { name: 'deployed', run: ['helm', 'status', 'web', '--kube-context', 'lab'], contains: 'STATUS: deployed' },
    ],
  };
  const color = ({ objects }: KubernetesServer) => objects.get('ConfigMap/web/web')?.['data'];

  it('[R-DEPLOY-16] plans by object, passes a value on as one value, and goes back with its own rollback', async () => {
    const { work, cluster, plan, approved, apply, deployed, ports, rules } = await site(chart, settings);
    const planned = await plan('staging');
    expect(planned.data.plan?.summary).toMatchObject({ creates: 2, changes: 0, destroys: 0 });
    expect(writes(cluster)).toEqual([]);
    expect(await deployed('staging')).toMatchObject({ blocks: [], data: { outcome: 'verified' } });
    const set = await approved('staging', 'color=red,x=1');
    expect(set.data.plan?.items).toEqual([{ action: 'change', address: 'ConfigMap/web' }]);
    expect(await apply('staging')).toMatchObject({ blocks: [], data: { outcome: 'verified' } });
    expect(color(cluster)).toEqual({ color: 'red,x=1' });
    expect((await plan('staging', 'color=red,x=1')).data.plan?.items).toEqual([]);
    // This one fails before Helm makes a revision of it: the release before the last would be the wrong one.
    work.write(
      'chart/templates/all.yaml',
      `${chart['chart/templates/all.yaml']}---\nkind: Wrong\napiVersion: v9\nmetadata: { name: x }\n`,
    );
    expect(await deployed('staging')).toMatchObject({ data: { outcome: 'failed' } });
    expect(color(cluster)).toEqual({ color: 'red,x=1' });
    const back = await rollbackDeploy(ports, ID, 'staging', { actor: ACTOR });
    expect(back).toMatchObject({ blocks: [], data: { outcome: 'verified' } });
    expect(back.data.plan?.run).toEqual('helm rollback web 2 --wait --kube-context lab'.split(' '));
    expect(color(cluster)).toEqual({ color: 'red,x=1' });
    expect(rules()).toEqual([]);
  });
});

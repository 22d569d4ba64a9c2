import { describe, expect, it } from 'vitest';
import { planContext, projected } from '../../../../../test/helpers/planned.ts';
import { helmCharts } from './helm.ts';

const target = { context: 'prod', release: 'web', chart: 'charts/web' };
const bare = planContext({ tool: 'helm', target });
const full = planContext(
  {
    tool: 'helm',
    target: { ...target, namespace: 'shop' },
    base: ['all.yaml'],
    overlay: ['prod.yaml'],
    sets: { tag: { pattern: '.*' } },
    timeout: 90.5,
  },
  { tag: 'a,b{c}[d]\\e=f' },
);

describe('a run of Helm', () => {
  it('is rehearsed by rendering the chart and reading the release that is there, which may not be', () => {
    const [rendered, present] = helmCharts.steps(bare);
    expect(rendered).toEqual({
      argv: ['helm', 'template', 'web', 'charts/web', '--kube-context', 'prod'],
      exits: [0],
    });
    expect(present).toEqual({
      argv: ['helm', 'get', 'manifest', 'web', '--kube-context', 'prod'],
      exits: [0],
      absent: expect.any(RegExp),
    });
    expect(present!.absent!.test('Error: release: not found')).toBe(true);
    expect(present!.absent!.test('Error: Kubernetes cluster unreachable')).toBe(false);
  });

  it('is rendered and applied with the same values: base, overlay, then inputs, each as one text', () => {
    const values = [
      ...['--kube-context', 'prod', '--namespace', 'shop', '--values', 'all.yaml', '--values', 'prod.yaml'],
      ...['--set-string', 'tag=a\\,b\\{c\\}\\[d\\]\\\\e=f'],
    ];
    expect(helmCharts.steps(full)[0]!.argv).toEqual(['helm', 'template', 'web', 'charts/web', ...values]);
    expect(helmCharts.apply(full)).toEqual({
      argv: ['helm', 'upgrade', '--install', 'web', 'charts/web', ...values, '--wait', '--timeout', '91s'],
      exits: [0],
    });
  });

  it('is rolled back to the revision that Helm named when it was applied, and by no guess', () => {
    expect(helmCharts.rollback!(full, 'NAME: web\nSTATUS: deployed\nREVISION: 12\nTEST SUITE: None\n')).toEqual(
      'helm rollback web 12 --wait --kube-context prod --namespace shop'.split(' '),
    );
    expect(helmCharts.rollback!(full, 'Rollback was a success! REVISION: 3\n')).toBeUndefined();
  });

  it('rests on everything in the chart, and saves no plan', () => {
    expect(helmCharts.files(bare.settings)).toEqual(['charts/web/']);
    expect(helmCharts.saves).toBe(false);
  });
});

describe('the plan of a Helm run', () => {
  const object = (kind: string, more = '') =>
    `---\n# Source: web/templates/x.yaml\nkind: ${kind}\nmetadata: {name: web}\n${more}`;

  it('has what is created, changed and destroyed by object, and names changed places without their values', () => {
    const after = object('Service') + object('Secret', 'data: {key: bmV3, same: x}\n') + object('Role');
    const before = object('Secret', 'data: {key: b2xk, same: x}\n') + object('Job') + object('Role');
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(projected('helm', after, before)).toEqual({
      summary: { creates: 1, changes: 1, destroys: 1, hosts: null },
      items: [
        { address: 'Job/web', action: 'destroy' },
        { address: 'Secret/web', action: 'change' },
        { address: 'Service/web', action: 'create' },
      ],
      detail: [
        { object: 'Job/web', before: hash, after: null, paths: ['.'] },
        { object: 'Secret/web', before: hash, after: hash, paths: ['data.key'] },
        { object: 'Service/web', before: null, after: hash, paths: ['.'] },
      ],
    });
  });

  it.each([
    ['kind: [', ''],
    ['', 'kind: ['],
  ])('is unreadable where a manifest is no YAML: %j, %j', (after, before) => {
    expect(projected('helm', after, before)).toEqual({ unreadable: 'helm printed manifests that are no YAML' });
  });
});

import { describe, expect, it } from 'vitest';
import { planContext, projected, projectedAfter } from '../../../../../test/helpers/planned.ts';
import { kubernetes } from './kubectl.ts';

const target = { context: 'prod', manifests: ['k8s/web.yaml', 'k8s/db.yaml'] };
const files = ['--filename', 'k8s/web.yaml', '--filename', 'k8s/db.yaml'];

describe('a run of kubectl', () => {
  const bare = planContext({ tool: 'kubectl', target });

  it("is rehearsed by the server's differences, whose exit code 1 is no failure", () => {
    expect(kubernetes.steps(bare)).toEqual([
      {
        argv: ['kubectl', '--context', 'prod', 'diff', ...files],
        exits: [0, 1],
        env: { KUBECTL_EXTERNAL_DIFF: 'diff -u -N' },
      },
    ]);
  });

  it('is applied from the same manifests to the same context and namespace', () => {
    const context = planContext({ tool: 'kubectl', target: { ...target, namespace: 'shop' } });
    expect(kubernetes.apply(context)).toEqual({
      argv: ['kubectl', '--context', 'prod', '--namespace', 'shop', 'apply', ...files],
      exits: [0],
    });
  });

  it('rests on the manifests, and saves no plan', () => {
    expect(kubernetes.files(bare.settings)).toEqual(target.manifests);
    expect(kubernetes.saves).toBe(false);
  });
});

describe('the plan of a kubectl run', () => {
  const heading = (name: string) =>
    [
      `diff -u -N /tmp/LIVE-123/${name} /tmp/MERGED-456/${name}`,
      `--- /tmp/LIVE-123/${name}\t2026-01-01 00:00:00.000000000 +0000`,
      `+++ /tmp/MERGED-456/${name}\t2026-01-01 00:00:00.000000000 +0000`,
    ].join('\n');

  it('has each object with what differs, new ones as created, in the order of their names', () => {
    const output = [
      heading('v1.Service.shop.web'),
      '@@ -1,2 +1,2 @@',
      ' spec:',
      '-  port: 80',
      '+  port: 81 hunter22',
      heading('apps.v1.Deployment.shop.web'),
      '@@ -0,0 +1,2 @@',
      '+kind: Deployment',
      '+  replicas: 1',
      '',
    ].join('\n');
    expect(projectedAfter(1, 'kubectl', output)).toEqual({
      summary: { creates: 1, changes: 1, destroys: 0, hosts: null },
      items: [
        { address: 'apps.v1.Deployment.shop.web', action: 'create' },
        { address: 'v1.Service.shop.web', action: 'change' },
      ],
      detail: [
        'apps.v1.Deployment.shop.web',
        '@@',
        '+kind: Deployment',
        '+  replicas: 1',
        'v1.Service.shop.web',
        '@@',
        ' spec:',
        '-  port: 80',
        '+  port: 81 [clean]',
      ].join('\n'),
    });
  });

  it('is the same whatever the server makes up for a new object, and wherever temporary files lie', () => {
    const output = (made: string) =>
      [
        heading('v1.Pod.a').replaceAll('123', made),
        '@@ -0,0 +1 @@',
        `+  uid: ${made}`,
        `+  creationTimestamp: "${made}"`,
        `+  resourceVersion: "${made}"`,
        `-  generation: ${made}`,
        `   generation: ${made}`,
      ].join('\n');
    expect(projected('kubectl', output('41'))).toMatchObject({
      detail: [
        'v1.Pod.a',
        '@@',
        '+  uid: <set by the server>',
        '+  creationTimestamp: <set by the server>',
        '+  resourceVersion: <set by the server>',
        '-  generation: <set by the server>',
        '   generation: <set by the server>',
      ].join('\n'),
    });
    expect(projected('kubectl', output('41'))).toEqual(projected('kubectl', output('42')));
  });

  it('shows a value that only ends like what the server makes up', () => {
    const output = `${heading('v1.Pod.a')}\n+  note: uid: x\n+  my-uid: x`;
    expect(projected('kubectl', output)).toMatchObject({ detail: 'v1.Pod.a\n+  note: uid: x\n+  my-uid: x' });
  });

  it('is the same whatever an object says of its state, and wherever in it a difference lies', () => {
    const output = (status: readonly string[], at: string) =>
      [heading('v1.Pod.a'), `@@ ${at} @@`, '-  paused: false', '+  paused: true', ' status:', ...status].join('\n');
    const [one, two] = [output(['   phase: Running'], '-4,3 +4,3'), output(['   ready: 1', '   x: 2'], '-9,4 +9,4')];
    expect(projected('kubectl', one)).toEqual(projected('kubectl', two));
    expect(projected('kubectl', one)).toMatchObject({
      detail: 'v1.Pod.a\n@@\n-  paused: false\n+  paused: true',
    });
    const after = `${heading('v1.Pod.a')}\n@@ -1,3 +1,3 @@\n status: {}\n zones:\n-  a: 1\n@@ -9 +9 @@\n   b: 2\n-  c: 3`;
    expect(projected('kubectl', after)).toMatchObject({
      detail: 'v1.Pod.a\n@@\n zones:\n-  a: 1\n@@\n   b: 2\n-  c: 3',
    });
  });

  it('takes a Secret for new that is shown as null before', () => {
    const output = `${heading('v1.Secret.shop.web')}\n@@ -1 +1,2 @@\n-null\n+apiVersion: v1\n+kind: Secret`;
    expect(projectedAfter(1, 'kubectl', output)).toMatchObject({
      items: [{ address: 'v1.Secret.shop.web', action: 'create' }],
      detail: 'v1.Secret.shop.web\n@@\n+apiVersion: v1\n+kind: Secret',
    });
  });

  it('hides every value of a Secret but what names it', () => {
    const lines = [
      ['+  password: aHVudGVy', '+  password: [redacted]'],
      ['-  tls.crt: abc', '-  tls.crt: [redacted]'],
      ['   key: abc', '   key: [redacted]'],
      ['+  name: web', '+  name: web'],
      ['+  namespace: shop', '+  namespace: shop'],
      ['+  type: Opaque', '+  type: Opaque'],
      ['+  kind: Secret', '+  kind: Secret'],
      ['+  apiVersion: v1', '+  apiVersion: v1'],
      ['+  nickname: web', '+  nickname: [redacted]'],
      ['+  data:', '+  data:'],
      ['       {"apiVersion":"v1","data":{"key":"c2VjcmV0"}}', '       [redacted]'],
      [
        '     kubectl.kubernetes.io/last-applied-configuration: |',
        '     kubectl.kubernetes.io/last-applied-configuration: [redacted]',
      ],
    ] as const;
    const output = `${heading('v1.Secret.shop.web')}\n${lines.map(([line]) => line).join('\n')}`;
    const shown = ['v1.Secret.shop.web', ...lines.map(([, line]) => line)].join('\n');
    expect(projected('kubectl', output)).toMatchObject({ detail: shown });
  });

  it.each(['example.org.xv1.Secret.a', 'v1.SecretStore.a', 'v1.ConfigMap.a'])(
    'does not take %s for a Secret',
    (name) => {
      expect(projected('kubectl', `${heading(name)}\n+  key: value`)).toMatchObject({
        detail: `${name}\n+  key: value`,
      });
    },
  );

  it('has nothing where there are no differences, and is unreadable where they are said and not shown', () => {
    const nothing = { summary: { creates: 0, changes: 0, destroys: 0, hosts: null }, items: [], detail: '' };
    expect(projectedAfter(0, 'kubectl', '')).toEqual(nothing);
    expect(projectedAfter(0, 'kubectl', 'Warning: something\n')).toEqual(nothing);
    expect(projectedAfter(1, 'kubectl', 'Warning: something\n')).toEqual({
      unreadable: 'kubectl diff printed no differences',
    });
  });
});

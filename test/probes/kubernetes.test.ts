import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cluster, kubeconfig } from './cluster.ts';
import { missing, Site } from './looking.ts';

const noKubectl = missing('kubectl', 'version', '--client');
const noHelm = missing('helm', 'version');
const SECRET = 'hunter2-planted-in-the-cluster';
const TOKEN = 'planted-token-0123456789';

describe.skipIf(noKubectl !== undefined)(`kubectl, the real one${noKubectl ? `: ${noKubectl}` : ''}`, () => {
  it('[R-PROBE-1] tells version, resource types, classes, quotas and rights of a cluster, and no secret', async () => {
    const site = new Site();
    const api = await cluster({ token: TOKEN, secret: SECRET });
    site.file('../home/.kube/config', kubeconfig(api, { token: TOKEN }));
    const { of, facts, calls } = await site.look({ probes: ['kubernetes'] });
    expect(of('kubernetes/lab')).toMatchObject({ outcome: 'present', version: 'v1.29.4', kind: 'system' });
    expect(of('kubernetes/lab/resources')?.offers).toContain('deployments.apps');
    expect(of('kubernetes/lab/crds')?.offers).toEqual(['certificates.cert-manager.io']);
    expect(of('kubernetes/lab/storage-classes')?.offers).toEqual(['fast']);
    expect(of('kubernetes/lab/ingress-classes')).toMatchObject({ outcome: 'absent' });
    expect(of('kubernetes/lab/quotas/web/small')?.offers).toEqual(['pods: 7 of 10 used']);
    expect(of('kubernetes/lab/rights')?.offers).toEqual(['deployments.apps: get list']);
    expect(of('kubernetes/other')).toMatchObject({ outcome: 'not-probed' });
    expect(calls.map((one) => one.call)).toContain(
      'kubectl --context=lab --request-timeout=10s --cache-dir=/nonexistent/countersign version -o json',
    );
    for (const planted of [SECRET, TOKEN]) expect(JSON.stringify({ facts, calls })).not.toContain(planted);
    expect(existsSync(join(site.home, '.kube', 'cache'))).toBe(false);
  });

  it('[R-PROBE-2] keeps apart what an account may not see, and a credential that is not accepted', async () => {
    const site = new Site();
    const api = await cluster({ token: TOKEN, forbid: ['resourcequotas', 'storageclasses'] });
    site.file('../home/.kube/config', kubeconfig(api, { token: TOKEN }));
    const { of } = await site.look({ probes: ['kubernetes'] });
    expect(of('kubernetes/lab/quotas')).toMatchObject({ outcome: 'denied' });
    expect(of('kubernetes/lab/storage-classes')).toMatchObject({ outcome: 'denied' });
    expect(of('kubernetes/lab/namespaces')).toMatchObject({ outcome: 'present' });
    site.file('../home/.kube/config', kubeconfig(api, { token: 'expired-token-987654' }));
    const expired = await site.look({ probes: ['kubernetes'] });
    expect(expired.of('kubernetes/lab')).toMatchObject({ outcome: 'denied' });
  });

  it('[R-PROBE-4] starts no log-in program of a kubeconfig unless policy allows it', async () => {
    const site = new Site();
    const api = await cluster({ token: TOKEN });
    const ran = join(site.base, 'ran');
    site.program(
      'log-in',
      `touch ${ran}; echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"${TOKEN}"}}'`,
    );
    const exec = { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'log-in', interactiveMode: 'Never' };
    site.file('../home/.kube/config', kubeconfig(api, { exec }));
    const { of, calls } = await site.look({ probes: ['kubernetes'] });
    expect(of('kubernetes/lab')).toMatchObject({ outcome: 'not-probed', reason: expect.stringContaining('log-in') });
    expect([calls, existsSync(ran)]).toEqual([[], false]);
    site.settings = { kubernetes: { 'exec-plugins': true } };
    expect((await site.look({ probes: ['kubernetes'] })).of('kubernetes/lab')).toMatchObject({ outcome: 'present' });
    expect(existsSync(ran)).toBe(true);
  });

  it('[R-PROBE-3] says so when a cluster answers nothing, or with the page of a proxy', async () => {
    const site = new Site();
    site.settings = { timeout: 2 };
    const hanging = await cluster({ override: () => ({ hang: true }) });
    site.file('../home/.kube/config', kubeconfig(hanging, { token: TOKEN }));
    expect((await site.look({ probes: ['kubernetes'] })).of('kubernetes/lab')).toMatchObject({
      outcome: 'not-probed',
      reason: 'kubectl gives no answer in time',
    });
    const proxy = await cluster({
      override: () => ({ headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }),
    });
    site.file('../home/.kube/config', kubeconfig(proxy, { token: TOKEN }));
    expect((await site.look({ probes: ['kubernetes'] })).of('kubernetes/lab')?.outcome).toBe('not-probed');
  });
});

describe('kubeconfigs', () => {
  it('[R-PROBE-2] that are not there, or cannot be read, leave the cluster not probed', async () => {
    const site = new Site();
    const none = { outcome: 'not-probed', reason: 'there is no kubeconfig' };
    expect((await site.look({ probes: ['kubernetes'] })).of('kubernetes')).toMatchObject(none);
    for (const text of ['contexts: [{{', `contexts: ${'['.repeat(3000)}`, 'contexts: 7', '']) {
      site.file('../home/.kube/config', text);
      expect((await site.look({ probes: ['kubernetes'] })).of('kubernetes')).toMatchObject(none);
    }
  });

  it('[R-PROBE-4] name the contexts that policy asks for, and never an option', async () => {
    const site = new Site();
    site.settings = { kubernetes: { contexts: ['gone'] } };
    site.file('../home/.kube/config', kubeconfig({ url: 'https://127.0.0.1:1', certificate: '' }, {}, '--insecure'));
    const { of, calls } = await site.look({ probes: ['kubernetes'] });
    expect(of('kubernetes/gone')).toMatchObject({
      outcome: 'not-probed',
      reason: 'the kubeconfig has no such context',
    });
    site.settings = {};
    expect((await site.look({ probes: ['kubernetes'] })).of('kubernetes/--insecure')?.reason).toContain('option');
    expect(calls).toEqual([]);
  });
});

describe.skipIf(noHelm !== undefined)(`helm, the real one${noHelm ? `: ${noHelm}` : ''}`, () => {
  it('[R-PROBE-1] tells releases with chart and version, and none of their values', async () => {
    const site = new Site();
    const api = await cluster({ secret: SECRET });
    site.file('../home/.kube/config', kubeconfig(api, {}));
    const { of, facts, calls } = await site.look({ probes: ['helm'] });
    expect(of('helm/lab/release/web/shop')).toMatchObject({
      outcome: 'present',
      kind: 'work',
      version: '1.4.2',
      health: 'running',
      offers: ['web-shop'],
    });
    expect(JSON.stringify({ facts, calls })).not.toContain(SECRET);
  });

  it('[R-PROBE-2] says denied where secrets may not be listed', async () => {
    const site = new Site();
    const api = await cluster({ forbid: ['secrets'] });
    site.file('../home/.kube/config', kubeconfig(api, {}));
    expect((await site.look({ probes: ['helm'] })).of('helm/lab')).toMatchObject({ outcome: 'denied' });
  });
});

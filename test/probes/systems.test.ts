import { describe, expect, it } from 'vitest';
import { itentialPlatform, type Setting } from './itential-platform.ts';
import { Site } from './looking.ts';
import { type Answer, platform, type Request } from './platform.ts';

const TOKEN = 'planted-token-0123456789';
const PASSWORD = 'planted-password-9876543210';
const ROW = 'planted-row-of-a-customer';

/** A site with one system of a kind, whose credentials are in the environment. */
async function asking(
  kind: 'awx' | 'gitlab' | 'itential' | 'netbox' | 'servicenow' | 'openapi' | 'get',
  url: string,
  more = {},
) {
  const site = new Site();
  site.env = { ...site.env, LAB_TOKEN: TOKEN, LAB_USER: 'lab', LAB_PASSWORD: PASSWORD };
  site.settings = { timeout: 2, systems: [{ name: 'lab', kind, url, 'token-env': 'LAB_TOKEN', ...more }] };
  const looked = await site.look({ probes: [kind] });
  const stored = JSON.stringify({ facts: looked.facts, calls: looked.calls });
  for (const planted of [TOKEN, PASSWORD, ROW, Buffer.from(`lab:${PASSWORD}`).toString('base64')])
    expect(stored).not.toContain(planted);
  expect(stored).not.toContain('itential-token');
  return looked;
}

const login = { 'token-env': undefined, 'user-env': 'LAB_USER', 'password-env': 'LAB_PASSWORD' };
const bearer = ({ headers }: Request) => headers.authorization === `Bearer ${TOKEN}`;
const refused: Answer = { status: 401, body: { detail: 'no' } };

/** AWX as its API v2 answers; templates are paged. */
const awx = (more: (request: Request) => Answer | undefined = () => undefined) =>
  platform((request) => {
    const own = more(request);
    if (own !== undefined) return own;
    if (request.path === '/api/v2/ping/') return { body: { version: '24.6.1', instances: [{ capacity: 40 }] } };
    if (!bearer(request)) return refused;
    if (request.path === '/api/v2/me/') return { body: { count: 1, results: [{ id: 1 }] } };
    const page = Number(request.query.get('page'));
    if (request.path === '/api/v2/job_templates/') {
      const all = Array.from({ length: 150 }, (_, at) => ({ id: at, name: `Template ${at}`, extra_vars: ROW }));
      return { body: { count: 150, results: all.slice((page - 1) * 100, page * 100) } };
    }
    if (request.path === '/api/v2/inventories/')
      return { body: { count: 1, results: [{ id: 1, name: 'Lab', variables: ROW }] } };
    return { body: { count: 0, results: [] } };
  });

describe('AWX', () => {
  it('[R-PROBE-1] tells version, health, every template over all pages, and inventories', async () => {
    const { of, facts } = await asking('awx', (await awx()).url);
    expect(of('awx/lab')).toMatchObject({ outcome: 'present', version: '24.6.1', health: 'running' });
    expect(facts.filter(({ id }) => id.startsWith('awx/lab/job-template/'))).toHaveLength(150);
    expect(of('awx/lab/inventory/Lab')).toMatchObject({ kind: 'inventory', outcome: 'present' });
    expect(of('awx/lab/workflow-template')).toMatchObject({ outcome: 'absent' });
  });

  it('[R-PROBE-2] is there and denies when the token has expired: everybody may ping', async () => {
    const api = await awx(({ path }) => (path === '/api/v2/ping/' ? undefined : refused));
    const { of } = await asking('awx', api.url);
    expect(of('awx/lab')).toMatchObject({ outcome: 'present' });
    expect(of('awx/lab/account')).toMatchObject({ outcome: 'denied', reason: expect.stringContaining('expired') });
  });

  it('[R-PROBE-2] says when a list moves while it is read, and reads it once more first', async () => {
    let count = 150;
    const api = await awx(({ path, query }) => {
      if (path !== '/api/v2/job_templates/') return undefined;
      const offset = (Number(query.get('page')) - 1) * 100;
      count -= 1;
      return {
        body: {
          count,
          results: Array.from({ length: Math.min(100, count - offset) }, (_, at) => ({
            id: offset + at,
            name: `${offset + at}`,
          })),
        },
      };
    });
    const { of } = await asking('awx', api.url);
    expect(of('awx/lab/job-template')).toMatchObject({
      outcome: 'not-probed',
      reason: expect.stringContaining('changed'),
    });
    expect(api.asked.filter((one) => one.includes('/job_templates/'))).toHaveLength(4);
  });

  it('[R-PROBE-1] is stopped when no instance has capacity', async () => {
    const api = await awx(({ path }) =>
      path === '/api/v2/ping/' ? { body: { version: '24', instances: [{ capacity: 0 }] } } : undefined,
    );
    expect((await asking('awx', api.url)).of('awx/lab')).toMatchObject({ outcome: 'present', health: 'stopped' });
  });
});

describe('NetBox', () => {
  it('[R-PROBE-2] tells which lists the token may read: counts, denied, and none to be seen', async () => {
    const api = await platform(({ path, headers }) => {
      if (headers.authorization !== `Token ${TOKEN}`) return { status: 403, body: { detail: 'Invalid token' } };
      if (path === '/api/status/') return { body: { 'netbox-version': '4.2.3', plugins: { netbox_bgp: '0.1' } } };
      if (path === '/api/ipam/prefixes/') return { status: 403 };
      const count = path === '/api/ipam/vlans/' ? 0 : 12;
      return { body: { count, next: null, results: [{ id: 1, name: ROW }] } };
    });
    const { of } = await asking('netbox', api.url);
    expect(of('netbox/lab')).toMatchObject({ outcome: 'present', version: '4.2.3', offers: ['netbox_bgp'] });
    expect(of('netbox/lab/sites')).toMatchObject({ outcome: 'present', offers: ['12 records'] });
    expect(of('netbox/lab/prefixes')).toMatchObject({ outcome: 'denied' });
    expect(of('netbox/lab/vlans')).toMatchObject({ outcome: 'present', reason: 'none that this token may see' });
  });
});

describe('ServiceNow', () => {
  it('[R-PROBE-2] tells a table whose rows access rules hide from one that is empty', async () => {
    const api = await platform(({ path, headers }) => {
      if (headers.authorization !== `Basic ${Buffer.from(`lab:${PASSWORD}`).toString('base64')}`) return refused;
      if (path.endsWith('/change_request'))
        return { body: { result: [{ sys_id: ROW }] }, headers: { 'x-total-count': '9' } };
      if (path.endsWith('/incident')) return { body: { result: [] }, headers: { 'x-total-count': '812' } };
      if (path.endsWith('/cmdb_ci')) return { body: { result: [] }, headers: { 'x-total-count': '0' } };
      return { status: 403, body: { error: { message: 'User Not Authorized' } } };
    });
    const { of } = await asking('servicenow', api.url, login);
    expect(of('servicenow/lab')).toMatchObject({ outcome: 'present' });
    expect(of('servicenow/lab/change_request')).toEqual({
      id: 'servicenow/lab/change_request',
      kind: 'resource',
      outcome: 'present',
    });
    expect(of('servicenow/lab/incident')).toMatchObject({ outcome: 'denied', reason: expect.stringContaining('hide') });
    expect(of('servicenow/lab/cmdb_ci')).toMatchObject({
      outcome: 'present',
      reason: expect.stringContaining('no rows'),
    });
    expect(of('servicenow/lab/sc_req_item')).toMatchObject({ outcome: 'denied' });
  });
});

/** A platform with adapters in every state, more workflows than a page, and no project that this account may see. */
const platformOf = (more: Partial<Setting> = {}) =>
  itentialPlatform({
    password: PASSWORD,
    adapters: [
      {
        id: 'netbox-lab',
        package_id: '@x/netbox',
        version: '1.2.0',
        type: 'Adapter',
        state: 'RUNNING',
        connection: { state: 'ONLINE' },
        properties: { token: ROW },
      },
      { id: 'snow', version: '3.0.1', state: 'STOPPED', connection: null },
      { id: 'dns', version: '0.9.0', state: 'RUNNING', connection: { state: 'OFFLINE' } },
    ],
    workflows: Array.from({ length: 130 }, (_, at) => ({ _id: String(at), name: `Create VLAN ${at}` })),
    ...more,
  });

describe('Itential Platform', () => {
  it.each([
    ['a client', true],
    ['a user', false],
  ])('[R-PROBE-1] tells adapters with their state, workflows and devices to %s', async (_, oauth) => {
    const api = await platformOf({ oauth });
    const { of, facts } = await asking('itential', api.url, login);
    expect(of('itential/lab/adapter/netbox-lab')).toMatchObject({ health: 'running', version: '1.2.0' });
    expect(of('itential/lab/adapter/snow')).toMatchObject({ outcome: 'present', health: 'stopped' });
    expect(of('itential/lab/adapter/dns')).toMatchObject({ health: 'degraded', reason: 'its connection is OFFLINE' });
    expect(of('itential/lab/app')?.offers).toEqual(['NetboxV33']);
    expect(facts.filter(({ id }) => id.startsWith('itential/lab/workflow/'))).toHaveLength(130);
    expect(of('itential/lab/project')).toMatchObject({ outcome: 'absent', reason: expect.stringContaining('may see') });
    expect(of('itential/lab/devices')?.offers).toEqual(['42 devices']);
  });

  it('[R-PROBE-2] logs in once more when the token expires on the way', async () => {
    const api = await platformOf({ life: 1 });
    const { of } = await asking('itential', api.url, login);
    expect(of('itential/lab')).toMatchObject({ outcome: 'present' });
    expect(api.asked.filter((one) => one.includes('/oauth/token'))).toHaveLength(2);
  });

  it('[R-PROBE-2] is denied with a wrong secret, and not probed without one', async () => {
    const api = await platform(() => refused);
    expect((await asking('itential', api.url, login)).of('itential/lab')).toMatchObject({ outcome: 'denied' });
    const unset = { ...login, 'password-env': 'NOT_SET' };
    expect((await asking('itential', api.url, unset)).of('itential/lab')).toMatchObject({
      outcome: 'not-probed',
      reason: 'the variable NOT_SET is not set',
    });
  });
});

describe('GitLab', () => {
  it('[R-PROBE-1] tells version, scopes and projects over all pages', async () => {
    const api = await platform(({ path, query, headers }) => {
      if (headers['private-token'] !== TOKEN) return refused;
      if (path === '/api/v4/version') return { body: { version: '17.4.0-ee' } };
      if (path === '/api/v4/personal_access_tokens/self') return { body: { scopes: ['read_api'], expires_at: null } };
      const offset = (Number(query.get('page')) - 1) * 100;
      return {
        body: Array.from({ length: Math.max(0, Math.min(100, 120 - offset)) }, (_, at) => ({
          id: offset + at,
          path_with_namespace: `net/p${offset + at}`,
        })),
      };
    });
    const { of, facts } = await asking('gitlab', api.url);
    expect(of('gitlab/lab')).toMatchObject({ outcome: 'present', version: '17.4.0-ee' });
    expect(of('gitlab/lab/rights')?.offers).toEqual(['read_api']);
    expect(facts.filter(({ id }) => id.startsWith('gitlab/lab/project/'))).toHaveLength(120);
  });
});

describe('an interface that describes itself', () => {
  it('[R-PROBE-1] tells its operations and log-ins, in JSON or YAML', async () => {
    const document = {
      openapi: '3.0.3',
      info: { title: 'IPAM', version: '2.1' },
      paths: { '/prefixes': { get: { operationId: 'listPrefixes' }, post: {}, parameters: [] } },
      components: { securitySchemes: { key: { type: 'apiKey' } } },
    };
    const yaml = 'swagger: "2.0"\ninfo: {version: 1}\npaths:\n  /x:\n    delete: {}\n';
    const api = await platform(({ path }) => ({ body: path === '/yaml' ? yaml : document }));
    const { of } = await asking('openapi', `${api.url}/openapi.json`);
    expect(of('openapi/lab')).toMatchObject({ outcome: 'present', version: '2.1' });
    expect(of('openapi/lab/operations')?.offers).toEqual(['GET /prefixes listPrefixes', 'POST /prefixes']);
    expect(of('openapi/lab/log-in')?.offers).toEqual(['key']);
    const old = await asking('openapi', `${api.url}/yaml`);
    expect(old.of('openapi/lab/operations')?.offers).toEqual(['DELETE /x']);
  });
});

describe('a declared question', () => {
  const gets = [
    { fact: 'version', path: '/v1/sys/health?standbyok=true', pointer: '/version' },
    { fact: 'mount', path: '/v1/sys/mounts', pointer: '/data/kv~1/type' },
    { fact: 'gone', path: '/v1/sys/mounts', pointer: '/data/pki~1' },
    { fact: 'secret', path: '/v1/kv/data/app' },
  ];

  it('[R-PROBE-1] tells what its pointer names and nothing else', async () => {
    const api = await platform(({ path, headers }) => {
      if (headers['x-vault-token'] !== TOKEN) return { status: 403 };
      if (path === '/v1/sys/health') return { body: { version: '1.17.2', cluster_name: ROW } };
      if (path === '/v1/sys/mounts') return { body: { data: { 'kv/': { type: 'kv', uuid: ROW } } } };
      return { status: 403 };
    });
    const { of } = await asking('get', api.url, { header: 'X-Vault-Token', gets });
    expect(of('get/lab')).toMatchObject({ outcome: 'present' });
    expect(of('get/lab/version')).toMatchObject({ outcome: 'present', version: '1.17.2' });
    expect(of('get/lab/mount')).toMatchObject({ outcome: 'present', version: 'kv' });
    expect(of('get/lab/gone')).toMatchObject({ outcome: 'absent', reason: 'the answer has nothing at /data/pki~1' });
    expect(of('get/lab/secret')).toMatchObject({ outcome: 'denied' });
  });

  it.each<[string, Answer, object]>([
    ['nothing there', { status: 404 }, { outcome: 'absent' }],
    ['no right', { status: 403 }, { outcome: 'denied' }],
    ['an expired token', { status: 401 }, { outcome: 'denied' }],
    ['too many requests', { status: 429, headers: { 'retry-after': '600' } }, { outcome: 'not-probed' }],
    ['an error inside', { status: 500 }, { outcome: 'not-probed' }],
    [
      'a page of a proxy',
      { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
      { outcome: 'not-probed', reason: expect.stringContaining('proxy') },
    ],
    [
      'a redirect elsewhere',
      { status: 302, headers: { location: 'https://login.example.org/' } },
      { outcome: 'not-probed', reason: expect.stringContaining('another address') },
    ],
    [
      'fifty megabytes',
      { body: 'x'.repeat(50 * 1024 * 1024) },
      { outcome: 'not-probed', reason: expect.stringContaining('longer than 8 MiB') },
    ],
    ['no answer', { hang: true }, { outcome: 'not-probed', reason: 'no answer in time' }],
    ['no JSON', { body: 'hello' }, { outcome: 'not-probed' }],
  ])('[R-PROBE-2] answered with %s is told apart from absence', async (_, answer, expected) => {
    const api = await platform(() => answer);
    const { of } = await asking('get', api.url, { gets: gets.slice(0, 1) });
    expect(of('get/lab/version') ?? of('get/lab')).toMatchObject(expected);
  });

  it('[R-PROBE-2] waits once for as long as it is told, and follows a redirect inside the system', async () => {
    let asked = 0;
    const api = await platform(({ path }) => {
      if (path === '/v1/sys/health') return { status: 307, headers: { location: '/real' } };
      return ++asked === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { body: { version: '1' } };
    });
    expect((await asking('get', api.url, { gets: gets.slice(0, 1) })).of('get/lab/version')).toMatchObject({
      version: '1',
    });
  });

  it('[R-PROBE-2] says that a certificate is not trusted, and trusts the one that policy names', async () => {
    const api = await platform(() => ({ body: { version: '1' } }), { tls: true });
    const one = { gets: gets.slice(0, 1) };
    expect((await asking('get', api.url, one)).of('get/lab/version')).toMatchObject({
      outcome: 'not-probed',
      reason: expect.stringContaining('certificate is not trusted'),
    });
    const site = new Site();
    site.settings = { systems: [{ name: 'lab', kind: 'get', url: api.url, 'ca-file': 'ca.pem', ...one }] };
    site.file('ca.pem', api.certificate);
    expect((await site.look({ probes: ['get'] })).of('get/lab/version')).toMatchObject({ outcome: 'present' });
  });

  it('[R-PROBE-4] sends no credential without TLS to another machine, and asks no link-local address', async () => {
    for (const [url, reason] of [
      ['http://vault.example.org', 'TLS'],
      ['http://169.254.169.254', 'link-local'],
    ] as const) {
      const { of, calls } = await asking('get', url, { gets });
      expect(of('get/lab')).toMatchObject({ outcome: 'not-probed', reason: expect.stringContaining(reason) });
      expect(calls).toEqual([]);
    }
  });

  it('[R-PROBE-2] says which part of the address is wrong', async () => {
    expect((await asking('get', 'http://127.0.0.1:1', { gets })).of('get/lab/version')?.reason).toBe(
      'nothing listens there',
    );
    const named = await asking('get', 'https://no-such-host.invalid', { gets });
    expect(named.of('get/lab/version')).toMatchObject({
      outcome: 'not-probed',
      reason: expect.stringContaining('resolved'),
    });
  });
});

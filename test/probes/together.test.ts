import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROBES } from '../../mcp-server/src/adapters/probes/catalogue.ts';
import { kubeconfig } from './cluster.ts';
import { Site } from './looking.ts';
import { type Answer, platform, type Request } from './platform.ts';

/** One secret for each place that a probe reads, or is answered with. */
const PLANTED = {
  token: 'planted-token-of-systems-01',
  password: 'planted-password-of-users-02',
  kube: 'planted-token-of-kubeconfig-03',
  hostvar: 'planted-variable-of-a-host-04',
  server: 'planted-key-of-an-mcp-server-05',
  aws: 'planted/key+of+aws/00000000000000006',
  remote: 'planted-password-in-a-remote-07',
  record: 'planted-text-of-a-record-08',
  shape: `ghp_${'A1b2'.repeat(9)}`,
  gh: 'planted-token-of-gh-0000009',
  env: 'planted-variable-of-compose-10',
};
const { token, password, kube, hostvar, server, aws, remote, record, shape, gh, env } = PLANTED;

/** Everything that is asked waits here until all the others were asked, too. */
class Meeting {
  readonly folder: string;
  readonly size: number;

  constructor(site: Site, size: number) {
    this.folder = join(site.base, 'meeting');
    this.size = size;
    mkdirSync(this.folder);
  }

  /** Lines of a shell script. */
  script(name: string): string {
    return `touch ${this.folder}/${name}; n=0
while [ "$(ls ${this.folder} | wc -l)" -lt ${this.size} ] && [ $n -lt 250 ]; do sleep 0.2; n=$((n+1)); done`;
  }

  async join(name: string): Promise<void> {
    writeFileSync(join(this.folder, name), '');
    for (let n = 0; this.came().length < this.size && n < 250; n++) await sleep(200);
  }

  came = () => readdirSync(this.folder).sort();
}

const json = (value: unknown) => `echo '${JSON.stringify(value)}'`;

/** Programs that answer as the real ones do, with something planted in whatever is not asked for. */
function programs(meeting: Meeting): Record<string, string> {
  const first = (name: string, pattern: string) => `case "$*" in *"${pattern}"*) ${meeting.script(name)};; esac\n`;
  const modules = { 'acme.net.vlan': `does ${record}` };
  return {
    ansible: `${meeting.script('ansible')}\necho "ansible [core 2.14.18]"; echo "  config = ${record}"`,
    'ansible-galaxy': json({ '/x': { 'acme.net': { version: '1.0.0' } } }),
    'ansible-doc': json(modules),
    'ansible-inventory': json({
      _meta: { hostvars: { web1: { ansible_password: hostvar } } },
      web: { hosts: ['web1'] },
    }),
    kubectl: `${first('kubectl', 'version')}case "$*" in
  *version*) ${json({ serverVersion: { gitVersion: 'v1.29.4' } })};;
  *) echo "error: the server said Bearer ${kube}" >&2; exit 1;;
esac`,
    helm: `${meeting.script('helm')}\n${json([{ name: shape, namespace: 'web', status: 'deployed', chart: 'shop-1.2.3', app_version: '1', config: record }])}`,
    terraform: `${meeting.script('terraform')}\n${json({ provider_schemas: { 'x/acme/net': { resource_schemas: { acme_vlan: { block: record } } } } })}`,
    gh: `${first('gh', 'repos/net/vlans')}case "$*" in
  *environments*) ${json({ environments: [{ name: shape, protection_rules: [] }] })};;
  *branches*) echo "HTTP 401: Bad credentials for $GH_TOKEN" >&2; exit 1;;
  *) ${json({ default_branch: 'main', permissions: { pull: true }, description: record })};;
esac`,
    ssh: `${meeting.script('ssh')}\necho "debug: password=${shape}" >&2; exit 0`,
    aws: `${meeting.script('aws')}\necho '{"Account":"1","Arn":"arn:aws:iam::1:user/'$AWS_SECRET_ACCESS_KEY'"}'`,
    az: `${meeting.script('az')}\necho "ERROR: AADSTS700082: expired refresh token=${shape}" >&2; exit 1`,
    gcloud: `${meeting.script('gcloud')}\necho "ERROR: api_key: ${shape}" >&2; exit 1`,
  };
}

/** A platform of any kind that says what it was told in every name that it gives, and more in every field. */
function echoing(kind: string): (request: Request) => Answer {
  const named = {
    id: 1,
    _id: '1',
    name: `n ${token} ${password}`,
    description: record,
    path_with_namespace: `p/${token}`,
  };
  const health = { id: `a ${password}`, state: 'RUNNING', connection: null, version: token, properties: record };
  const bodies: Record<string, unknown> = {
    '/api/v2/ping/': { version: token, instances: [] },
    '/api/status/': { 'netbox-version': token, plugins: { [token]: '1' }, installed: record },
    '/api/v4/version': { version: token },
    '/api/v4/personal_access_tokens/self': { scopes: [token], expires_at: null },
    '/api/v4/projects': [named],
    '/oauth/token': { access_token: `${token}-handed-out` },
    '/health/adapters': { results: [health], total: 1 },
    '/health/applications': { results: [health], total: 1 },
    '/automation-studio/apps/list': [named],
    '/automation-studio/workflows': { items: [named], total: 1 },
    '/automation-studio/projects': { data: [named], metadata: { total: 1 } },
    '/configuration_manager/devices': { list: [named], total: 1 },
    '/v1/health': { version: `${token} ${password}`, other: record },
    '/openapi.json': { openapi: '3.0.0', info: { version: token }, paths: { [`/x/${token}`]: { get: {} } } },
  };
  return ({ path, query }) => {
    const body = bodies[path];
    if (body !== undefined) return { body: path === '/api/v4/projects' && query.get('page') !== '1' ? [] : body };
    if (kind === 'servicenow') return { body: { result: [{ sys_id: record }] }, headers: { 'x-total-count': '1' } };
    if (path === '/api/v2/me/' || kind === 'netbox') return { body: { count: 1, results: [named] } };
    return path.startsWith('/api/v2/') ? { body: { count: 1, results: [named] } } : { status: 500, body: token };
  };
}

const SYSTEMS = ['awx', 'gitlab', 'itential', 'netbox', 'openapi', 'servicenow', 'get'] as const;

async function everything() {
  const site = new Site();
  const meeting = new Meeting(site, 8 + SYSTEMS.length + 3);
  for (const [name, script] of Object.entries(programs(meeting))) site.program(name, script);
  site.env = {
    ...site.env,
    LAB_TOKEN: token,
    LAB_USER: 'lab',
    LAB_PASSWORD: password,
    AWS_SECRET_ACCESS_KEY: aws,
    GH_TOKEN: gh,
    MCP_KEY: server,
    DOCKER_HOST: `unix://${join(site.base, 'docker.sock')}`,
  };
  const urls = await Promise.all(
    SYSTEMS.map(async (kind) => {
      const answer = echoing(kind);
      let met: Promise<void> | undefined;
      const { url } = await platform(async (request) => {
        met ??= meeting.join(kind);
        await met;
        return answer(request);
      });
      return url;
    }),
  );
  site.settings = {
    timeout: 60,
    kubernetes: { contexts: ['lab'] },
    terraform: { schemas: ['live'] },
    mcp: { servers: ['net'] },
    ssh: { hosts: ['web1'] },
    systems: SYSTEMS.map((kind, at) => ({
      name: 'lab',
      kind,
      url: kind === 'openapi' ? `${urls[at]}/openapi.json` : urls[at]!,
      ...(kind === 'itential' || kind === 'servicenow'
        ? { 'user-env': 'LAB_USER', 'password-env': 'LAB_PASSWORD' }
        : { 'token-env': 'LAB_TOKEN' }),
      ...(kind === 'get' ? { gets: [{ fact: 'version', path: '/v1/health', pointer: '/version' }] } : {}),
    })),
  };
  const docker: Record<string, unknown> = {
    '/version': { Version: '28.2.2', ApiVersion: '1.50' },
    '/info': { NCPU: 4, MemTotal: 1024 ** 3, Runtimes: {}, Labels: [record], HttpProxy: `http://u:${record}@proxy` },
    '/images/json': [{ RepoTags: ['web:1'], Labels: { key: record } }],
  };
  const engine = http.createServer(async (request, response) => {
    await meeting.join('docker');
    response.end(JSON.stringify(docker[request.url!]));
  });
  await new Promise<void>((resolve) => engine.listen(join(site.base, 'docker.sock'), resolve));
  onTestFinished(() => void engine.close());
  site.file('.git/config', `[remote "origin"]\n\turl = https://ann:${remote}@git.example.org/net/vlans.git\n`);
  site.file('ansible.cfg', '[defaults]\ninventory = hosts.ini\n');
  site.file('hosts.ini', `[web]\nweb1 ansible_password=${hostvar}\n`);
  site.file('compose.yaml', `services:\n  web:\n    environment: {KEY: ${env}}\n`);
  site.file('live/main.tf', `variable "x" { default = "${record}" }\n`);
  const mcp = join(import.meta.dirname, 'mcp-server.mjs');
  const start = `${meeting.script('mcp')}; exec ${process.execPath} ${mcp} ${site.base}/started --key=$API_KEY`;
  site.file(
    '.mcp.json',
    JSON.stringify({ mcpServers: { net: { command: 'sh', args: ['-c', start], env: { API_KEY: '${MCP_KEY}' } } } }),
  );
  site.file('../home/.kube/config', kubeconfig({ url: 'https://127.0.0.1:1', certificate: '' }, { token: kube }));
  return { meeting, looked: await site.look() };
}

describe('all probes together', { timeout: 90_000 }, () => {
  it('[R-PROBE-3] ask everything at the same time, and [R-PROBE-5] no planted secret is in a fact or in the record', async () => {
    const { meeting, looked } = await everything();
    // Each waited for all others: asked one after the other, they would have waited in vain.
    expect(meeting.came()).toEqual(
      [
        'ansible',
        'aws',
        'az',
        'docker',
        'gcloud',
        'gh',
        'helm',
        'kubectl',
        'mcp',
        'ssh',
        'terraform',
        ...SYSTEMS,
      ].sort(),
    );
    const there = looked.facts.filter(({ outcome }) => outcome === 'present').map(({ id }) => id.split('/')[0]);
    expect(PROBES.map(({ name }) => name).filter((name) => !there.includes(name))).toEqual([]);
    const stored = JSON.stringify({ facts: looked.facts, calls: looked.calls });
    for (const [place, secret] of Object.entries(PLANTED))
      for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])
        expect([place, stored.includes(form)]).toEqual([place, false]);
  });
});

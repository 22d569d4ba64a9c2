import { existsSync } from 'node:fs';
import * as http from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { missing, Site } from './looking.ts';
import { platform, proxyTo } from './platform.ts';

const noGh = missing('gh', '--version');
const TOKEN = 'planted-token-0123456789';
const ARGUMENT = 'planted-argument-0123456789';

describe.skipIf(noGh !== undefined)(`gh, the real one${noGh ? `: ${noGh}` : ''}`, () => {
  it('[R-PROBE-1] tells rights, protection and environments of the repository that the remote names', async () => {
    const api = await platform(
      ({ path, headers }) => {
        if (headers.authorization !== `token ${TOKEN}`) return { status: 401, body: { message: 'Bad credentials' } };
        const repository = { default_branch: 'main', permissions: { admin: false, push: true, pull: true } };
        if (path === '/api/v3/repos/net/vlans') return { body: { ...repository, note: TOKEN } };
        if (path.endsWith('/branches/main')) return { body: { protected: false } };
        if (path.endsWith('/environments'))
          return { body: { environments: [{ name: 'prod', protection_rules: [{ type: 'required_reviewers' }] }] } };
        return { status: 404, body: { message: 'Not Found' } };
      },
      { tls: true },
    );
    const site = new Site();
    site.env['SSL_CERT_FILE'] = site.file('../ca.pem', api.certificate);
    site.env['HTTPS_PROXY'] = await proxyTo(api);
    site.env['GH_ENTERPRISE_TOKEN'] = TOKEN;
    site.file('.git/config', `[remote "origin"]\n\turl = https://git.example.org/net/vlans.git\n`);
    const { of, facts, calls } = await site.look({ probes: ['github'] });
    expect(of('github/net/vlans')).toEqual({
      id: 'github/net/vlans',
      outcome: 'present',
      kind: 'system',
      health: 'running',
    });
    expect(of('github/net/vlans/rights')?.offers).toEqual(['pull', 'push']);
    expect(of('github/net/vlans/protection/main')).toMatchObject({ outcome: 'absent' });
    expect(of('github/net/vlans/environment/prod')?.offers).toEqual(['required_reviewers']);
    expect(JSON.stringify({ facts, calls })).not.toContain(TOKEN);
    site.env['GH_ENTERPRISE_TOKEN'] = 'another-token-0123456789';
    expect((await site.look({ probes: ['github'] })).of('github/net/vlans')).toMatchObject({ outcome: 'denied' });
  });
});

const noTerraform = missing('terraform', 'version');
describe.skipIf(noTerraform !== undefined)(`terraform, the real one${noTerraform ? `: ${noTerraform}` : ''}`, () => {
  it('[R-PROBE-1] tells the addresses in a state that policy names, and no value; an empty one is absent', async () => {
    const site = new Site();
    site.settings = { terraform: { states: ['live', 'new'] } };
    const instances = [{ schema_version: 0, attributes: { id: '1', triggers: { key: TOKEN } } }];
    const resource = {
      mode: 'managed',
      type: 'terraform_data',
      name: 'vlan',
      provider: 'provider["terraform.io/builtin/terraform"]',
      instances,
    };
    const state = {
      version: 4,
      terraform_version: '1.5.0',
      serial: 1,
      lineage: 'l',
      outputs: {},
      resources: [resource],
    };
    site.file('live/terraform.tfstate', JSON.stringify(state));
    site.file('new/terraform.tfstate', JSON.stringify({ ...state, resources: [] }));
    for (const folder of ['live', 'new']) site.file(`${folder}/main.tf`, '');
    const { of, facts, calls } = await site.look({ probes: ['terraform'] });
    expect(of('terraform/state/live')).toEqual({
      id: 'terraform/state/live',
      kind: 'resource',
      outcome: 'present',
      offers: ['terraform_data.vlan'],
    });
    expect(of('terraform/state/new')).toMatchObject({ outcome: 'absent' });
    expect(JSON.stringify({ facts, calls })).not.toContain(TOKEN);
  });
});

describe('MCP servers', () => {
  const server = join(import.meta.dirname, 'mcp-server.mjs');
  const config = JSON.stringify({
    mcpServers: {
      net: { command: process.execPath, args: [server, '${STARTED}', '--key=${LAB_KEY}'], env: { API_KEY: TOKEN } },
      web: { type: 'http', url: 'https://mcp.example.org' },
      mute: { command: 'sleep', args: ['60'] },
    },
  });

  it('[R-PROBE-4] are not started unless policy names them', async () => {
    const site = new Site();
    const started = join(site.base, 'started');
    site.env['STARTED'] = started;
    site.env['LAB_KEY'] = ARGUMENT;
    site.file('.mcp.json', config);
    const { of } = await site.look({ probes: ['mcp'] });
    expect(of('mcp/net')).toMatchObject({
      outcome: 'not-probed',
      reason: expect.stringContaining('probes.mcp.servers'),
    });
    expect(existsSync(started)).toBe(false);
    site.settings = { mcp: { servers: ['net', 'web', 'mute'] }, timeout: 3 };
    const allowed = await site.look({ probes: ['mcp'] });
    expect(allowed.of('mcp/net')).toMatchObject({
      outcome: 'present',
      version: '1.0.0',
      offers: ['create_vlan', 'list_vlans', 'used [redacted]'],
    });
    expect(existsSync(started)).toBe(true);
    expect(allowed.of('mcp/web')).toMatchObject({ outcome: 'not-probed' });
    expect(allowed.of('mcp/mute')).toMatchObject({ outcome: 'not-probed', reason: expect.stringMatching(/no answer/) });
    for (const planted of [TOKEN, ARGUMENT]) expect(JSON.stringify(allowed)).not.toContain(planted);
  });
});

describe('the Docker engine', () => {
  it('[R-PROBE-1] tells version, limits and image tags over its socket', async () => {
    const site = new Site();
    const socket = join(site.base, 'docker.sock');
    const answers: Record<string, unknown> = {
      '/version': { Version: '28.2.2', ApiVersion: '1.50' },
      '/info': { NCPU: 4, MemTotal: 8 * 1024 ** 3, Runtimes: { runc: {} }, Labels: [TOKEN], HttpProxy: TOKEN },
      '/images/json': [
        { RepoTags: ['registry.example.org/web:1'], Labels: { key: TOKEN } },
        { RepoTags: ['<none>:<none>'] },
      ],
    };
    const engine = http.createServer((request, response) => response.end(JSON.stringify(answers[request.url!])));
    await new Promise<void>((resolve) => engine.listen(socket, resolve));
    onTestFinished(() => void engine.close());
    site.env['DOCKER_HOST'] = `unix://${socket}`;
    site.file('compose.yaml', `services:\n  web:\n    environment: {KEY: ${TOKEN}}\n  db: {}\n`);
    const { of, facts, calls } = await site.look({ probes: ['docker'] });
    expect(of('docker/engine')).toMatchObject({ outcome: 'present', version: '28.2.2' });
    expect(of('docker/engine/limits')?.offers).toEqual(['memory: 8192 MiB', 'processors: 4']);
    expect(of('docker/engine/images')?.offers).toEqual(['registry.example.org/web:1']);
    expect(of('docker/compose/compose.yaml')?.offers).toEqual(['db', 'web']);
    expect(JSON.stringify({ facts, calls })).not.toContain(TOKEN);
  });
});

describe('Terraform modules', () => {
  it('[R-PROBE-1] tell the providers that they ask for and have locked, without starting anything', async () => {
    const site = new Site();
    site.file(
      'modules/vpc/versions.tf',
      'terraform { required_providers {\n aws = { source = "hashicorp/aws" }\n nb = { source = "e-breuninger/netbox" }\n} }\n',
    );
    site.file(
      'modules/vpc/.terraform.lock.hcl',
      'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.31.0"\n}\n',
    );
    const { of, calls } = await site.look({ probes: ['terraform'] });
    expect(of('terraform/provider/hashicorp~2faws')).toMatchObject({ outcome: 'present', version: '5.31.0' });
    expect(of('terraform/provider/e-breuninger~2fnetbox')).toMatchObject({ outcome: 'not-probed' });
    expect(calls).toEqual([]);
  });

  it('[R-PROBE-1] tell resource types where policy lets their providers be started', async () => {
    const site = new Site();
    site.settings = { terraform: { schemas: ['live'] } };
    site.file('live/main.tf', '');
    const schema = {
      provider_schemas: { 'registry.terraform.io/hashicorp/aws': { resource_schemas: { aws_vpc: { block: TOKEN } } } },
    };
    site.program('terraform', `[ "$2" = providers ] && echo '${JSON.stringify(schema)}'`);
    const { of, facts } = await site.look({ probes: ['terraform'] });
    expect(of('terraform/schema/live/hashicorp~2faws')?.offers).toEqual(['aws_vpc']);
    expect(JSON.stringify(facts)).not.toContain(TOKEN);
  });
});

describe('programs of clouds', () => {
  it('[R-PROBE-2] tell account and principal, no log-in from no program, and no key', async () => {
    const site = new Site();
    site.env['AWS_SECRET_ACCESS_KEY'] = TOKEN;
    site.program(
      'aws',
      `echo '{"Account":"123456789012","Arn":"arn:aws:iam::123456789012:user/lab-'$AWS_SECRET_ACCESS_KEY'"}'`,
      { alone: true },
    );
    site.program('az', `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`);
    site.env['PATH'] = `${site.base}/bin`;
    const { of, calls } = await site.look({ probes: ['cloud'] });
    expect(of('cloud/aws')).toMatchObject({
      outcome: 'present',
      offers: ['123456789012', 'arn:aws:iam::123456789012:user/lab-[redacted]'],
    });
    expect(of('cloud/azure')).toMatchObject({ outcome: 'denied' });
    expect(of('cloud/google')).toMatchObject({ outcome: 'not-probed', reason: 'gcloud is not installed' });
    expect(JSON.stringify(calls)).not.toContain(TOKEN);
  });
});

const noSsh = missing('ssh', '-V');
describe.skipIf(noSsh !== undefined)(`ssh, the real one${noSsh ? `: ${noSsh}` : ''}`, () => {
  it('[R-PROBE-2] says that a host does not answer, and asks none that policy does not name', async () => {
    const site = new Site();
    expect((await site.look({ probes: ['ssh'] })).of('ssh')).toMatchObject({ outcome: 'not-probed' });
    site.settings = { ssh: { hosts: ['127.0.0.1'] }, timeout: 5 };
    site.file('../home/.ssh/config', 'Host *\n  Port 1\n');
    const { of } = await site.look({ probes: ['ssh'] });
    expect(['not-probed', 'denied']).toContain(of('ssh/127.0.0.1')?.outcome);
  });
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate } from '../mcp-server/src/app/validate.ts';
import { compose } from '../mcp-server/src/entry/compose.ts';
import { type Project, project } from './helpers/project.ts';
import { platform } from './probes/platform.ts';

const ID = 'addresses';
const SECRETS = [
  'planted-token-of-ipam-0001',
  'planted-of-kubeconfig-0002',
  'planted-hostvar-0003',
  'planted-mcp-env-0004',
  'planted-aws-key-0005',
];
const [TOKEN, KUBE, HOSTVAR, MCP, AWS] = SECRETS as [string, string, string, string, string];

const REQUIREMENTS = `---
countersign: requirements/1
title: Addresses
owner: Ann Lee
---

## Problem

Addresses are given out by hand.

## Goal

Nobody asks for one.

## Scope

### In scope

Addresses.

## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
| SYS-1 | Address plan | Says which address is free | yes | Stop |
| SYS-2 | Change record | Holds the approval | no | REQ-1 writes a log |

## Requirements

### REQ-1: Hand out an address

WHEN a host is named, the tool SHALL reserve a free address in SYS-1.

- **AC-1.1** The address is free in SYS-1 before, and taken after.
`;

/** Runs the command line while platforms of this process answer. */
async function cli(lab: Project, ...args: string[]) {
  return lab.start(...args).done;
}

async function lab(): Promise<{ lab: Project; stop: () => void }> {
  const made = project();
  let down = false;
  const ipam = await platform(({ path, headers }) => {
    if (down) return { status: 503 };
    if (headers.authorization !== `Token ${TOKEN}`) return { status: 403 };
    if (path === '/api/status/') return { body: { 'netbox-version': '4.2.3', plugins: {}, echoed: TOKEN } };
    return { body: { count: 3, results: [{ id: 1, description: TOKEN }] } };
  });
  made.env['IPAM_TOKEN'] = TOKEN;
  made.env['AWS_SECRET_ACCESS_KEY'] = AWS;
  made.write(
    'countersign.yaml',
    `countersign: policy/1\nprobes:\n  timeout: 10\n  off: [cloud]\n  systems:\n    - { name: ipam, kind: netbox, url: "${ipam.url}", token-env: IPAM_TOKEN }\n`,
  );
  made.write('ansible.cfg', '[defaults]\ninventory = hosts.ini\n');
  made.write('hosts.ini', `[web]\nweb1 ansible_password=${HOSTVAR}\n`);
  made.write('.mcp.json', JSON.stringify({ mcpServers: { net: { command: 'false', env: { KEY: MCP } } } }));
  made.write(
    '../home/.kube/config',
    JSON.stringify({
      'current-context': 'lab',
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      contexts: [{ name: 'lab', context: { cluster: 'c', user: 'u' } }],
      users: [{ name: 'u', user: { token: KUBE } }],
    }),
  );
  made.cli('new', ID);
  made.write(`deliveries/${ID}/requirements.md`, REQUIREMENTS);
  return {
    lab: made,
    stop: () => {
      down = true;
    },
  };
}

/** Every file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

describe('probing for a delivery', () => {
  it('[R-PROBE-5] leaves no planted secret in a file, in the output or in the answer to a program', async () => {
    const { lab: made } = await lab();
    const planted = ['hosts.ini', '.mcp.json', 'home/.kube/config'];
    const shown = await cli(made, 'probe', ID);
    const json = await cli(made, 'probe', ID, '--json');
    expect(shown.out).toContain('present    netbox/ipam  4.2.3');
    expect(shown.out).toContain('SYS-1   resolved');
    const written = filesBelow(join(made.root, '..')).filter((path) => !planted.some((one) => path.endsWith(one)));
    const texts = [shown.out, shown.err, json.out, json.err, ...written.map((path) => readFileSync(path, 'utf8'))];
    for (const secret of SECRETS) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });

  it('[R-FEAS-3] drafts findings that hold, and a decision that nobody can better', async () => {
    const { lab: made, stop } = await lab();
    const draft = await cli(made, 'probe', ID, '--only', 'netbox', '--draft');
    expect(draft.out).toContain('decision: feasible\n');
    made.write(`deliveries/${ID}/feasibility.md`, draft.out);
    expect(made.cli('validate', ID).out).not.toMatch(/feasibility\.md.* error /);
    stop();
    const later = await cli(made, 'probe', ID, '--only', 'netbox', '--draft');
    expect(later.out).toContain('decision: undetermined\n');
    made.write(`deliveries/${ID}/feasibility.md`, later.out.replace('decision: undetermined', 'decision: feasible'));
    expect(made.cli('validate', ID).out).toMatch(/feasibility\.md:3: error the decision says feasible/);
  });

  it('[R-FEAS-5] shows what moved since the last snapshot', async () => {
    const { lab: made, stop } = await lab();
    await cli(made, 'probe', ID, '--only', 'netbox');
    expect((await cli(made, 'probe', ID, '--only', 'netbox', '--diff')).out).toContain('nothing moved');
    stop();
    const { out } = await cli(made, 'probe', ID, '--only', 'netbox', '--diff');
    expect(out).toContain('- present    netbox/ipam  4.2.3');
    expect(out).toContain('+ not-probed netbox/ipam  it answers with an error (503)');
  });

  it('[R-FEAS-5] warns of a snapshot that is older than policy says', async () => {
    const { lab: made } = await lab();
    made.write(`deliveries/${ID}/feasibility.md`, (await cli(made, 'probe', ID, '--only', 'netbox', '--draft')).out);
    const { ports } = compose(made.root, made.env);
    const rulesIn = (days: number) => {
      const now = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
      return validate({ ...ports, now: () => now }, ID).data.findings.map((one) => one.rule);
    };
    expect(rulesIn(30)).not.toContain('platform-stale');
    expect(rulesIn(31)).toContain('platform-stale');
  });

  it('[R-FEAS-6] prints a first design, and exit 1 while a required need is open', async () => {
    const { lab: made, stop } = await lab();
    await cli(made, 'probe', ID, '--only', 'netbox');
    const design = made.cli('design-skeleton', ID);
    expect(design.exit).toBe(0);
    expect(design.out).toContain('| Address plan | netbox/ipam |  | 4.2.3 |');
    stop();
    await cli(made, 'probe', ID, '--only', 'netbox');
    const open = made.json('design-skeleton', ID);
    expect(open).toMatchObject({ exit: 1, blocks: ['SYS-1 is required and unknown: no design can rest on it'] });
  });

  it('[R-PROBE-2] stores nothing without a delivery, and refuses a probe that it does not know', async () => {
    const made = project();
    const { out } = await cli(made, 'probe', '--only', 'netbox,mcp');
    expect(out).toContain('not-probed netbox');
    expect(made.cli('probe', '--only', 'teapot')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('no probe teapot'),
    });
  });
});

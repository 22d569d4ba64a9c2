import { describe, expect, it } from 'vitest';
import type { Skeleton } from '../mcp-server/src/app/design-skeleton.ts';
import { stateFact } from '../mcp-server/src/app/state-fact.ts';
import { type Project, project } from './helpers/project.ts';
import { gates, openGate, portsOf } from './helpers/zone-file.ts';
import { itentialPlatform } from './probes/itential-platform.ts';
import { platform } from './probes/platform.ts';

const ID = 'addresses';
const TOKEN = 'planted-token-of-ipam-0001';
const PASSWORD = 'planted-password-0002';

/** The same text for every organisation. */
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

### REQ-1: Reserve an address

WHEN a host is named, the tool SHALL reserve a free address in SYS-1.

- **AC-1.1** The address is free in SYS-1 before, and taken after.
`;

/** An organisation with an address plan of its own, and Ansible or nothing to write automation in. */
async function withNetbox(): Promise<{ org: Project; upgrade: () => void }> {
  let version = '4.2.3';
  const ipam = await platform(({ path, headers }) => {
    if (headers.authorization !== `Token ${TOKEN}`) return { status: 403 };
    return {
      body: path === '/api/status/' ? { 'netbox-version': version, plugins: {} } : { count: 3, results: [{ id: 1 }] },
    };
  });
  const org = started(`{ name: ipam, kind: netbox, url: "${ipam.url}", token-env: IPAM_TOKEN }`);
  org.env['IPAM_TOKEN'] = TOKEN;
  return {
    org,
    upgrade: () => {
      version = '5.0.0';
    },
  };
}

/** An organisation that writes workflows on a platform, whose adapter talks to the address plan. */
async function withPlatform(): Promise<Project> {
  const { url } = await itentialPlatform({
    password: PASSWORD,
    adapters: [{ id: 'netbox-prod', version: '1.2.0', state: 'RUNNING', connection: { state: 'ONLINE' } }],
    workflows: [{ _id: 'w1', name: 'Reserve Address' }],
  });
  const org = started(`{ name: hq, kind: itential, url: "${url}", user-env: LAB_USER, password-env: LAB_PASSWORD }`);
  org.env['LAB_USER'] = 'lab';
  org.env['LAB_PASSWORD'] = PASSWORD;
  return org;
}

function started(system: string): Project {
  const org = project();
  org.write(
    'countersign.yaml',
    `countersign: policy/1\nprobes:\n  off: [cloud, ansible]\n  systems:\n    - ${system}\n`,
  );
  org.cli('new', ID);
  org.write(`deliveries/${ID}/requirements.md`, REQUIREMENTS);
  return org;
}

/** Probes, takes over what follows, and draws the design. */
async function designed(org: Project): Promise<string> {
  const { out } = await org.start('probe', ID, '--only', 'netbox,itential', '--draft').done;
  org.write(`deliveries/${ID}/feasibility.md`, out);
  return org.cli('design-skeleton', ID).out;
}

describe('the same requirements in two organisations', () => {
  it('[R-FEAS-6] become two designs, each from what was really found there', async () => {
    const [{ org: one }, two] = [await withNetbox(), await withPlatform()];
    const [first, second] = [await designed(one), await designed(two)];
    expect(first).toContain('| Address plan | netbox/ipam |  | 4.2.3 |');
    expect(second).toContain('| Address plan | itential/hq/adapter/netbox-prod |');
    expect(first).toContain('- Choice: scripts');
    expect(second).toContain('- Choice: workflows');
    expect(second).toContain('Look first at');
    expect(first).not.toContain('Look first at');
    expect(one.read(`deliveries/${ID}/requirements.md`)).toBe(two.read(`deliveries/${ID}/requirements.md`));
  });
});

describe('a design whose platform moved', () => {
  it('[R-FEAS-8] is drawn again without the requirements: they stay approved, feasibility and design are decided again', async () => {
    const { org, upgrade } = await withNetbox();
    const ports = portsOf(org);
    await designed(org);
    expect(org.read(`deliveries/${ID}/feasibility.md`)).toContain('What is known of SYS-2');
    // Asked once: the answer is on record, and no later draft asks for it again.
    const word = { need: 'SYS-2', status: 'skipped', fact: 'Tickets come next year', by: 'Ann Lee' } as const;
    stateFact(ports, ID, word, { kind: 'agent', name: 'test', via: 'mcp' });
    org.write(`deliveries/${ID}/design.md`, await designed(org));
    for (const stage of ['requirements', 'feasibility', 'design'] as const) openGate(ports, ID, stage);
    expect(org.cli('design-skeleton', ID, '--moved').out).toContain('feasibility.md rests on the last snapshot');

    upgrade();
    await org.start('probe', ID, '--only', 'netbox,itential').done;
    const shown = org.cli('design-skeleton', ID, '--moved');
    expect(shown.out).toContain('MODIFIED Bindings');
    expect(shown.out).toContain('moved    netbox/ipam');
    expect(shown.out).toContain('The requirements stay as they were approved.');
    expect(gates(org, ID)).toMatchObject({ requirements: 'open', feasibility: 'open', design: 'open' });
    expect(org.json('design-skeleton', ID)).toMatchObject({
      requirements: 'approved',
      moved: { needs: [], design: [{ key: 'Bindings' }] },
    });

    org.write(`deliveries/${ID}/design.md`, await designed(org));
    expect(org.read(`deliveries/${ID}/feasibility.md`)).toMatch(/stated:Ann Lee[\s\S]*## Open questions\n\nNone\./);
    expect(org.read(`deliveries/${ID}/design.md`)).toContain('| Address plan | netbox/ipam |  | 5.0.0 |');
    expect(gates(org, ID)).toMatchObject({ requirements: 'open', feasibility: 'stale', design: 'stale' });
    for (const stage of ['feasibility', 'design'] as const) openGate(ports, ID, stage);
    expect(gates(org, ID)).toMatchObject({ requirements: 'open', feasibility: 'open', design: 'open' });
    expect(org.cli('history', ID).out.match(/submitted.*requirements/gi)).toHaveLength(1);
  });

  it('[R-FEAS-8] says which findings change when a system is gone, and no design can rest on that', async () => {
    const { org } = await withNetbox();
    await designed(org);
    org.env['IPAM_TOKEN'] = 'expired-token-9999';
    await org.start('probe', ID, '--only', 'netbox,itential').done;
    const { moved } = org.json('design-skeleton', ID) as unknown as Skeleton;
    expect(moved?.needs).toEqual([{ need: 'SYS-1', before: 'resolved', after: 'blocked' }]);
    expect(org.cli('design-skeleton', ID, '--moved').out).toContain('SYS-1    resolved -> blocked');
  });
});

import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missing, Site } from './looking.ts';

const noAnsible = missing('ansible', '--version');
const SECRET = 'hunter2-planted-in-hostvars';

describe.skipIf(noAnsible !== undefined)(`ansible, the real one${noAnsible ? `: ${noAnsible}` : ''}`, () => {
  it('[R-PROBE-1] tells the version, collections with their modules, roles and groups, and no variable of a host', async () => {
    const site = new Site();
    site.file('ansible.cfg', '[defaults]\ninventory = inventory/hosts.ini\nroles_path = ./more-roles:/etc/roles\n');
    site.file('inventory/hosts.ini', `[web]\nweb1 ansible_password=${SECRET}\nweb2\n[db]\ndb1\n`);
    site.file('inventory/group_vars/all.yml', `token: ${SECRET}\n`);
    site.file('more-roles/vlan/tasks/main.yml', '[]\n');
    const { of, facts, calls } = await site.look({ probes: ['ansible'] });
    expect(of('ansible')).toMatchObject({
      outcome: 'present',
      kind: 'system',
      version: expect.stringMatching(/^\d+\.\d+/),
    });
    expect(of('ansible/inventory/inventory~2fhosts.ini')).toMatchObject({
      outcome: 'present',
      offers: ['db: 1 hosts', 'web: 2 hosts'],
    });
    expect(of('ansible/role/more-roles~2fvlan')).toMatchObject({ kind: 'work', offers: ['vlan'] });
    const collections = facts.filter(({ id }) => id.startsWith('ansible/collection'));
    expect(collections.length).toBeGreaterThan(0);
    expect(JSON.stringify({ facts, calls })).not.toContain(SECRET);
  });

  it('[R-PROBE-4] runs no inventory program, no template and no plug-in of the project unless policy allows it', async () => {
    const site = new Site();
    const ran = join(site.base, 'ran');
    site.settings = { ansible: { inventories: ['dynamic.sh', 'hosts.yml'] } };
    chmodSync(site.file('dynamic.sh', `#!/bin/sh\ntouch ${ran}\necho '{"lab": {"hosts": ["a"]}}'\n`), 0o755);
    site.file('hosts.yml', 'lab:\n  hosts:\n    a:\n');
    site.file('group_vars/all.yml', `x: "{{ lookup('pipe', 'touch ${ran}') }}"\n`);
    site.file('ansible.cfg', '[defaults]\nvars_plugins = ./plugins\ncallback_plugins = ./plugins\n');
    site.file('plugins/mean.py', `open(${JSON.stringify(ran)}, 'w')\n`);
    const { of } = await site.look({ probes: ['ansible'] });
    expect(of('ansible/inventory/dynamic.sh')).toMatchObject({
      outcome: 'not-probed',
      reason: expect.stringContaining('dynamic-inventories'),
    });
    expect(of('ansible/inventory/hosts.yml')).toMatchObject({ outcome: 'present', offers: ['lab: 1 hosts'] });
    expect(existsSync(ran)).toBe(false);
    site.settings = { ansible: { inventories: ['dynamic.sh'], 'dynamic-inventories': true } };
    expect((await site.look({ probes: ['ansible'] })).of('ansible/inventory/dynamic.sh')).toMatchObject({
      outcome: 'present',
      offers: ['lab: 1 hosts'],
    });
    expect(existsSync(ran)).toBe(true);
  });
});

describe('without ansible', () => {
  it('[R-PROBE-2] nothing of it is probed, and the roles of the project are still there', async () => {
    const site = new Site();
    site.env['PATH'] = '/nonexistent';
    site.file('roles/web/tasks/main.yml', '[]\n');
    const { facts } = await site.look({ probes: ['ansible'] });
    expect(facts).toEqual([
      { id: 'ansible', kind: 'system', outcome: 'not-probed', reason: 'ansible is not installed' },
      { id: 'ansible/role/roles~2fweb', kind: 'work', outcome: 'present', offers: ['web'] },
    ]);
  });
});

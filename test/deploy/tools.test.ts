import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { approve, deploy, deployable, deployed, type Settings, writePolicy } from '../helpers/deployable.ts';
import type { Project } from '../helpers/project.ts';
import { ID } from '../helpers/zone-file.ts';

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
const summary = (answer: object) => (answer as { plan: { summary: object } }).plan.summary;

async function site(files: Record<string, string>, settings: Settings): Promise<Project> {
  const work = await deployable();
  for (const [path, text] of Object.entries(files)) work.write(path, text);
  writePolicy(work, { staging: { deploy: settings } });
  return work;
}

describe.skipIf(!has('ansible-playbook'))('Ansible', () => {
  const files = (work: string) => ({
    'play/inventory': 'web1 ansible_connection=local\nweb2 ansible_connection=local\n',
    'play/site.yml': `- hosts: all
  gather_facts: false
  tasks:
    - name: place the configuration
      ansible.builtin.copy:
        content: "{{ inventory_hostname }} listens on {{ port }} in vlan {{ vlan | default('none') }}\\n"
        dest: "{{ root }}/{{ inventory_hostname }}.conf"
`,
    'play/base.yml': `port: 80\nroot: ${work}\n`,
    'play/staging.yml': 'port: 8080\n',
  });

  it('[R-DEPLOY-13] rehearses with check mode, host by host, applies what was approved, and then finds nothing to do', async () => {
    const work = await deployable();
    mkdirSync(`${work.home}/live`);
    for (const [path, text] of Object.entries(files(`${work.home}/live`))) work.write(path, text);
    const settings = {
      tool: 'ansible',
      directory: 'play',
      target: { playbook: 'site.yml', inventory: 'inventory' },
      base: ['base.yml'],
      overlay: ['staging.yml'],
      sets: { vlan: { pattern: '[0-9 a-z=]+' } },
      health: [{ name: 'listens', run: ['cat', `${work.home}/live/web2.conf`], contains: 'listens on 8080' }],
    };
    writePolicy(work, { staging: { deploy: settings } }, { gates: { default: {} } });
    const planned = deploy(work, 'staging', 'plan', '--set', 'vlan=7 port=1');
    expect(planned.blocks).toEqual([]);
    expect(summary(planned)).toMatchObject({ creates: 0, changes: 2, destroys: 0, hosts: { changed: 2, all: 2 } });
    const { plan } = planned as unknown as { plan: { differs: string[]; detail: string; items: object[] } };
    expect(plan.differs).toEqual(['port is another']);
    expect(plan.items).toContainEqual({ address: 'web1: place the configuration', action: 'change' });
    expect(plan.detail).not.toMatch(/ansible-local/);
    expect(existsSync(`${work.home}/live/web1.conf`)).toBe(false);
    expect(deploy(work, 'staging', 'plan', '--set', 'vlan=7 port=1').digest).toBe(planned.digest);
    approve(work, planned);
    expect(deploy(work, 'staging', 'apply')).toMatchObject({ outcome: 'verified', blocks: [] });
    expect(readFileSync(`${work.home}/live/web1.conf`, 'utf8')).toBe('web1 listens on 8080 in vlan 7 port=1\n');
    expect(summary(deploy(work, 'staging', 'plan', '--set', 'vlan=7 port=1'))).toMatchObject({
      changes: 0,
      hosts: { changed: 0 },
    });
    expect(work.cli('verify')).toMatchObject({ exit: 0 });
  });

  it('refuses a plan whose playbook does not run', async () => {
    const broken = {
      'play/inventory': 'web1 ansible_connection=local\n',
      'play/site.yml': '- hosts: all\n  roles: [absent]\n',
    };
    const work = await site(broken, {
      tool: 'ansible',
      directory: 'play',
      target: { playbook: 'site.yml', inventory: 'inventory' },
    });
    const planned = deploy(work, 'staging', 'plan');
    expect(planned.blocks).toEqual([expect.stringMatching(/ansible-playbook ended with \d while planning/)]);
    expect(planned['tail']).toContain('absent');
  });
});

describe.skipIf(!has('terraform'))('Terraform', () => {
  const MAIN = `
variable "size" { type = string }
variable "password" {
  type      = string
  sensitive = true
  default   = "hunter2hunter2"
}
resource "terraform_data" "disk" { input = { size = var.size, password = var.password } }
`;

  it('[R-DEPLOY-14] approves the projection without secrets and applies the saved plan itself', async () => {
    const work = await site(
      { 'tf/main.tf': MAIN, 'tf/staging.tfvars': 'size = "10G"\n', '.gitignore': '*.tfstate*\n.terraform*\n' },
      {
        tool: 'terraform',
        directory: 'tf',
        overlay: ['staging.tfvars'],
        checks: [{ name: 'state', run: ['terraform', 'state', 'list'], contains: 'disk' }],
      },
    );
    writeFileSync(`${work.home}/.terraformrc`, 'disable_checkpoint = true\n');
    const init = spawnSync('terraform', ['init', '-no-color'], {
      cwd: work.path('tf'),
      env: work.env,
      encoding: 'utf8',
    });
    expect(init.status, init.stderr).toBe(0);
    const planned = deploy(work, 'staging', 'plan');
    expect(planned.blocks).toEqual([]);
    expect(summary(planned)).toMatchObject({ creates: 1, changes: 0, destroys: 0 });
    expect(JSON.stringify(planned)).toContain('10G');
    expect(JSON.stringify(planned)).not.toContain('hunter2');
    approve(work, planned);
    writeFileSync(work.path('.git/countersign/plans', `${ID}-staging.approved`), 'another plan');
    expect(deploy(work, 'staging', 'apply').blocks).toEqual([
      'the plan that the tool saved is not here as it was approved',
    ]);
    // Terraform keeps sensitive values in it.
    expect(readdirSync(work.path('.git/countersign/plans'))).toEqual([`${ID}-staging.approved`]);
    expect(deployed(work, 'staging')).toMatchObject({ outcome: 'verified', blocks: [] });
    expect(work.cli('verify')).toMatchObject({ exit: 0 });
    work.write('tf/staging.tfvars', 'size = "20G"\n');
    expect(summary(deploy(work, 'staging', 'plan'))).toMatchObject({ creates: 0, changes: 1, destroys: 0 });
  });
});

it('[R-DEPLOY-17] says which program is missing', async () => {
  const work = await site({ 'ops/x': '' }, { tool: 'command', plan: ['no-such-program'], apply: ['true'] });
  expect(deploy(work, 'staging', 'plan').blocks).toEqual(['no-such-program cannot be started: is it installed?']);
});

import { describe, expect, it } from 'vitest';
import { extractAll, files } from '../../../../../test/helpers/ansible-fixture.ts';
import type { Fact, FactKind } from '../../../domain/extract/contract.ts';
import { ansible } from './ansible.ts';

const all = extractAll(files);
const facts = all.flatMap((file) => file.extraction.facts);
const of = (kind: FactKind, scope?: string) =>
  facts.filter((fact) => fact.kind === kind && (scope === undefined || fact.scope === scope));
const names = (kind: FactKind, scope?: string) => of(kind, scope).map((fact) => fact.name);
const one = (kind: FactKind, name: string): Fact => {
  const found = of(kind).find((fact) => fact.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};
const targets = (path: string) =>
  all
    .filter((file) => file.path === path)
    .flatMap((file) => file.extraction.references)
    .map(
      ({ kind, target }) =>
        `${kind} ${target.by === 'name' ? target.name : target.by === 'path' ? target.path : target.glob}`,
    );

describe('the ansible extractor', () => {
  it('takes every kind of file of the fixture and leaves nothing unread', () => {
    expect(all.map((file) => file.path)).toEqual(files.map((file) => file.path));
    expect(all.flatMap((file) => file.extraction.skipped)).toEqual([]);
  });

  it('leaves the YAML of others alone', () => {
    for (const [path, head] of [
      ['.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    steps:\n      - name: x\n'],
      ['k8s/ingress.yaml', 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  tls:\n  - hosts: [a]\n'],
      ['charts/x/templates/deployment.yaml', 'apiVersion: apps/v1\n'],
      ['docker-compose.yml', 'services:\n  web:\n    image: x\n'],
      ['.gitlab-ci.yml', 'test:\n  script: x\n'],
      ['data/list.yml', '- name: a\n  value: b\n'],
      ['mkdocs.yml', 'site_name: x\n'],
      ['etc/hosts', '127.0.0.1 localhost\n'],
    ] as const)
      expect(ansible.matches(path, head), path).toBe(false);
  });

  it('finds plays with how they go over their hosts', () => {
    expect(names('play')).toEqual(['routers', 'Prepare every host']);
    expect(one('play', 'Prepare every host').attributes).toMatchObject({
      hosts: 'all',
      serial: '1,30%',
      maxFailPercentage: '20',
      gatherFacts: true,
    });
    expect(one('play', 'routers')).toMatchObject({
      attributes: { nameFrom: 'hosts' },
      evidence: [{ path: 'playbooks/network.yml', line: 1, endLine: 41 }],
    });
  });

  it('finds tasks in blocks, rescues and always at any depth, with their modules by full name', () => {
    expect(
      of('task')
        .filter((fact) => fact.evidence[0]?.path === 'playbooks/network.yml')
        .map((fact) => [fact.name, fact.attributes['module'], fact.attributes['block']]),
    ).toEqual([
      ['Create the VLAN', 'cisco.ios.ios_vlans', 'block'],
      ['Register the network', 'infoblox.nios_modules.nios_network', 'block'],
      ['Look the network up', 'infoblox.nios_modules.nios_network_info', 'block'],
      ['Remove the VLAN', 'cisco.ios.ios_vlans', 'rescue'],
      ['fail', 'ansible.builtin.fail', 'rescue'],
      ['debug', 'ansible.builtin.debug', 'always'],
      ['Steps of the site', 'ansible.builtin.include_tasks', undefined],
      ['Show the version', 'cisco.ios.ios_command', undefined],
      ['include_role', 'ansible.builtin.include_role', undefined],
    ]);
    expect(names('handler')).toEqual(['Restart web']);
    expect(one('handler', 'Restart web').attributes).toMatchObject({ listen: ['web changed'], object: 'service web' });
  });

  it('says what a task does to what, and how it takes failure', () => {
    expect(one('task', 'Register the network').attributes).toMatchObject({
      effect: 'write',
      object: 'nios_network {{ cidr }}',
      handlesErrors: true,
    });
    expect(one('task', 'Look the network up').attributes).toMatchObject({
      effect: 'read',
      object: 'nios_network {{ cidr }}',
    });
    expect(one('task', 'Show the version').attributes).toMatchObject({ effect: 'read', ignoresErrors: true });
    expect(one('task', 'Fetch the release').attributes).toMatchObject({ effect: 'write', pipesToShell: true });
    expect(one('task', 'Install the packages').attributes).toMatchObject({
      effect: 'write',
      state: 'present',
      object: 'package {{ item }}',
    });
    expect(one('task', 'command').attributes).toMatchObject({
      effect: 'read',
      delegateTo: 'localhost',
      nameFrom: 'module',
    });
    expect(one('task', 'uri').attributes).toMatchObject({ effect: 'write', section: 'post_tasks' });
    expect(one('task', 'Steps of the site')).toMatchObject({ status: 'unresolved' });
  });

  it('concludes intent, each statement by the name of its rule', () => {
    const intent = (kind: FactKind) => of(kind).map((fact) => `${fact.attributes['rule']}: ${fact.name}`);
    expect(intent('approval')).toEqual(['ansible-vars-prompt: change_number', 'ansible-pause: Ask before production']);
    expect(intent('rollback')).toEqual(['ansible-rescue-that-writes: Remove the VLAN']);
    expect(intent('batch')).toEqual([
      'ansible-loop: {{ sites }}',
      'ansible-loop: {{ web_packages }}',
      'ansible-serial: serial',
      'ansible-max-fail-percentage: max_fail_percentage',
    ]);
    expect(intent('check')).toEqual([
      'read-after-write: Look the network up',
      'read-after-write: Read the configuration back',
      'ansible-until: health.status == 200',
      'ansible-uri-status: Wait until it answers',
      'ansible-assert: Only supported systems',
    ]);
    expect(intent('decision').sort()).toEqual(
      [
        'jinja-if: web_tls',
        "ansible-assert: ansible_facts.os_family == 'Debian'",
        "ansible-assert: change_number is match('^CHG')",
        "ansible-when: target_environment == 'production'",
        'ansible-when: web_enabled | default(true)',
        'ansible-when: network_enabled',
      ].sort(),
    );
    expect(names('phase')).toEqual(
      expect.arrayContaining([
        'Prepare every host',
        'web',
        'geerlingguy.docker',
        'Reserve the network',
        'rescue',
        'dns',
      ]),
    );
  });

  it('finds the inputs of a role: defaults, options, and what is used and nowhere declared', () => {
    const inputs = Object.fromEntries(of('input', 'roles/web').map((fact) => [fact.name, fact]));
    expect(Object.keys(inputs).sort()).toEqual([
      'build',
      'web_admin_token',
      'web_aliases',
      'web_banner',
      'web_certificate',
      'web_domain',
      'web_log_level',
      'web_packages',
      'web_port',
      'web_tls',
      'web_url',
      'web_version',
    ]);
    expect(inputs['web_port']?.attributes).toMatchObject({
      type: 'int',
      default: '8080',
      required: false,
      documented: true,
      level: 'defaults',
    });
    expect(inputs['web_port']?.evidence.map(({ path }) => path)).toEqual([
      'roles/web/defaults/main.yml',
      'roles/web/meta/argument_specs.yml',
    ]);
    expect(inputs['web_domain']?.attributes).toMatchObject({ required: true, type: 'str', documented: false });
    expect(inputs['web_log_level']?.attributes).toMatchObject({ choices: ['info', 'debug'] });
    expect(inputs['web_version']?.attributes['default']).toBe('1.10');
    expect(inputs['web_admin_token']?.attributes).toMatchObject({ vault: true, sensitive: true });
    expect(inputs['build']).toMatchObject({
      status: 'inferred',
      attributes: { rule: 'ansible-used-but-undeclared', required: true },
    });
    expect(inputs['web_aliases']?.attributes['required']).toBe(false);
  });

  it('leaves out magic variables, facts, loop variables and what another file of the scope sets', () => {
    expect(names('input', '.')).toEqual(['change_number', 'web_enabled']);
    expect(names('input', 'playbooks')).toEqual(['vlans', 'cidr', 'sites', 'site_kind']);
    expect(names('input', 'roles/dns')).toEqual(['dns_zone', 'dns_record']);
  });

  it('names the level of every value, and no values of single hosts', () => {
    const levels = Object.fromEntries(of('value').map((fact) => [fact.name, fact.attributes['level']]));
    expect(levels).toMatchObject({
      audit_log: 'play-vars',
      web_user: 'role-vars',
      web_port: 'role-params',
      web_release: 'set_fact',
      site: 'loop',
      target_environment: 'group_vars',
      ansible_host: 'host_vars',
      cidr: 'inventory',
      project: 'vars-file',
    });
    expect(JSON.stringify(facts)).not.toContain('192.0.2');
    expect(names('output')).toEqual(['created', 'written', 'health']);
  });

  it('counts hosts of inventory groups and knows inventory plug-ins', () => {
    expect(Object.fromEntries(of('data', 'inventory').map((fact) => [fact.name, fact.attributes['hosts']]))).toEqual({
      ungrouped: 1,
      web: 2,
      routers: 1,
      prod: 0,
      'amazon.aws.aws_ec2': undefined,
    });
  });

  it('knows vaults and never what is in them', () => {
    expect(one('data', 'vault.yml').attributes).toMatchObject({ type: 'vault' });
    expect(JSON.stringify(all)).not.toMatch(/616263|AES256/);
  });

  it('knows which requirements are bound to a version', () => {
    const pinned = Object.fromEntries(
      [...of('provider'), ...of('role')].map((fact) => [fact.name, fact.attributes['pinned']]),
    );
    expect(pinned).toEqual({
      'cisco.ios': true,
      'community.general': false,
      'infoblox.nios_modules': true,
      'geerlingguy.docker': true,
      base: false,
      web: undefined,
      dns: undefined,
    });
  });

  it('refers to roles, files, templates, scripts and handlers as Ansible would search them', () => {
    expect(targets('site.yml')).toEqual(
      expect.arrayContaining([
        'calls web',
        'calls geerlingguy.docker',
        'includes playbooks/network.yml',
        'reads vars/common.yml',
      ]),
    );
    expect(targets('playbooks/network.yml')).toEqual(
      expect.arrayContaining(['includes playbooks/steps/*.yml', 'calls dns']),
    );
    expect(targets('roles/web/tasks/main.yml')).toEqual(
      expect.arrayContaining([
        'includes roles/web/tasks/configure.yml',
        'calls scripts/announce.sh',
        'reads web_packages',
      ]),
    );
    expect(targets('roles/web/tasks/configure.yml')).toEqual(
      expect.arrayContaining(['reads roles/web/templates/web.conf.j2', 'calls Restart web']),
    );
    expect(targets('roles/web/meta/main.yml')).toEqual(['depends-on dns']);
    expect(targets('roles/web/templates/web.conf.j2')).toContain('includes roles/web/templates/header.j2');
  });

  it('ties tasks to systems by collection, program, host, connection and inventory', () => {
    const ties = new Set(all.flatMap((file) => file.extraction.couplings).map((tie) => `${tie.class} ${tie.system}`));
    expect(ties).toEqual(
      new Set([
        'collection infoblox',
        'collection cisco-ios',
        'network-os cisco-ios',
        'cli kubernetes',
        'cli http',
        'api status.example.org',
        'role geerlingguy.docker',
        'role base',
        'inventory aws',
      ]),
    );
  });

  it('shows every name on its lines, or says how it was made', () => {
    const texts = new Map(files.map((file) => [file.path, file.text.split('\n')]));
    for (const fact of facts) {
      if (fact.attributes['nameFrom'] !== undefined) continue;
      for (const { path, line, endLine } of fact.evidence)
        expect(
          texts
            .get(path)
            ?.slice(line - 1, endLine)
            .join('\n'),
          fact.id,
        ).toContain(fact.name);
    }
  });
});

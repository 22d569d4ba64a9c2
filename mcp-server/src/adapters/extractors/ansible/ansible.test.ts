import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, FactKind, FileExtraction, SourceFile } from '../../../domain/extract/contract.ts';
import { ansible } from './ansible.ts';
import { settleAnsible } from './settle.ts';

const root = 'test/fixtures/extract/ansible';
const files: SourceFile[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }));

interface Extracted {
  path: string;
  format: string;
  extraction: FileExtraction;
}

function extractAll(sources: readonly SourceFile[]): Extracted[] {
  const extracted = sources
    .filter((file) => ansible.matches(file.path, file.text.slice(0, 4096)))
    .map((file) => ({ path: file.path, format: 'ansible', extraction: ansible.extract(file) }));
  return settleAnsible(extracted);
}

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

describe('changes to the source', () => {
  const key = (fact: Fact) => `${fact.kind} ${fact.scope} ${fact.name}`;
  /** Facts that a change takes away and brings, as kind, scope and name. */
  const change = (path: string, edit: (text: string) => string) => {
    const before = facts.map(key);
    const after = extractAll(files.map((file) => (file.path === path ? { path, text: edit(file.text) } : file)))
      .flatMap((file) => file.extraction.facts)
      .map(key);
    const minus = (a: readonly string[], b: readonly string[]) => {
      const left = [...b];
      return a.filter((item) => {
        const at = left.indexOf(item);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
    };
    return { gone: minus(before, after), come: minus(after, before) };
  };

  it('renaming a variable renames its input and nothing else', () => {
    expect(
      change('roles/web/templates/web.conf.j2', (text) => text.replace('web_certificate', 'web_cert_file')),
    ).toEqual({
      gone: ['input roles/web web_certificate'],
      come: ['input roles/web web_cert_file'],
    });
  });

  it('deleting a rescue takes its tasks, its phase and the way back away', () => {
    const cut = (text: string) => text.replace(/ {6}rescue:\n[\s\S]*?( {6}always:)/, '$1');
    expect(change('playbooks/network.yml', cut)).toEqual({
      gone: [
        'phase playbooks rescue',
        'task playbooks Remove the VLAN',
        'task playbooks fail',
        'rollback playbooks Remove the VLAN',
      ],
      come: [],
    });
  });

  it('declaring a variable that was only used makes an input a value', () => {
    expect(change('roles/web/vars/main.yml', (text) => `${text}build: 7\n`)).toEqual({
      gone: ['input roles/web build'],
      come: ['value roles/web build'],
    });
  });

  it('adding a variable adds its value, and an input for what it reads', () => {
    expect(change('group_vars/all.yml', (text) => `${text}db_password: "{{ vault_db_password }}"\n`)).toEqual({
      gone: [],
      come: ['value . db_password', 'input . vault_db_password'],
    });
  });

  it('adding a password adds one value without its text', () => {
    const edit = (text: string) => `${text}db_password: hunter2\n`;
    expect(change('group_vars/all.yml', edit)).toEqual({ gone: [], come: ['value . db_password'] });
    const edited = files.map((file) =>
      file.path === 'group_vars/all.yml' ? { ...file, text: edit(file.text) } : file,
    );
    expect(JSON.stringify(extractAll(edited))).not.toContain('hunter2');
  });

  it('the order of the files changes nothing', () => {
    const sorted = (list: readonly Extracted[]) => [...list].sort((a, b) => (a.path < b.path ? -1 : 1));
    expect(sorted(extractAll([...files].reverse()))).toEqual(sorted(all));
  });
});

describe('lookups', () => {
  it('give values of the environment and ties to the systems behind them', () => {
    const text = `- name: Log in\n  debug:\n    msg: "{{ lookup('env', 'API_USER') }} {{ lookup('community.hashi_vault.vault_read', path) }}"\n`;
    const { facts: found, couplings } = ansible.extract({ path: 'roles/a/tasks/login.yml', text });
    expect(found.filter((fact) => fact.kind !== 'task').map((fact) => [fact.kind, fact.name])).toEqual([
      ['value', 'API_USER'],
      ['input', 'path'],
    ]);
    expect(couplings).toMatchObject([{ system: 'vault', class: 'lookup', evidence: [{ line: 3 }] }]);
  });
});

describe('any text at all', () => {
  it('never throws, and keeps evidence inside the file', () => {
    const piece = fc.constantFrom(
      '- ',
      'hosts: all',
      'tasks:',
      'block:',
      'rescue:',
      'name: x',
      'shell: |',
      'when: a',
      '{{ v }}',
      '{{',
      '\n',
      '\n  ',
      '\n    ',
      ': ',
      '[web]',
      'a=b',
      '!vault x',
      'include_tasks: ',
      'set_fact:',
      'register: r',
      'loop: ',
      '"',
      '[',
      'apt: name=x',
      'argument_specs:',
      'plugin: p',
    );
    const paths = [
      'site.yml',
      'roles/a/tasks/main.yml',
      'roles/a/meta/main.yml',
      'inventory/hosts',
      'requirements.yml',
      'roles/a/defaults/main.yml',
      'x.j2',
      'group_vars/all',
    ];
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom(...paths), (parts, path) => {
        const text = parts.join('');
        const lines = text.split('\n').length;
        for (const { evidence } of ansible.extract({ path, text }).facts)
          for (const { line, endLine } of evidence) expect(line >= 1 && endLine >= line && endLine <= lines).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

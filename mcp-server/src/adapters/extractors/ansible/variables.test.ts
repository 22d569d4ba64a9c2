import { describe, expect, it } from 'vitest';
import { extractAll } from '../../../../../test/helpers/ansible-fixture.ts';
import type { FactKind } from '../../../domain/extract/contract.ts';

type Files = { readonly [path: string]: string };

const settled = (files: Files) =>
  extractAll(Object.entries(files).map(([path, text]) => ({ path, text }))).flatMap(
    ({ extraction }) => extraction.facts,
  );

/** Names of a kind in a scope, of files given by their paths. */
function named(kind: FactKind, scope: string, files: Files): string[] {
  return settled(files)
    .filter((fact) => fact.kind === kind && fact.scope === scope)
    .map((fact) => fact.name)
    .sort();
}

describe('inputs of a role', () => {
  it('are no names that a task gathers out of nothing, but are what it completes', () => {
    const text = `- set_fact:
    found: "{{ found | default([]) + [item.path] }}"
  loop: "{{ listing.files }}"
- set_fact:
    settings: "{{ settings | default({}) | combine(builtin_settings) }}"
    ports: "{{ ports | default([]) + [443] }}"
    _merged: "{{ _merged | default({}) | combine(extra) }}"
- set_fact:
    by_name: "{{ by_name | default({}) | combine({item: 1}) }}"
  with_items: "{{ hosts_wanted }}"
- set_fact:
    region: "{{ region | default('eu') }}"
`;
    expect(named('input', 'roles/a', { 'roles/a/tasks/main.yml': text })).toEqual(
      ['builtin_settings', 'extra', 'hosts_wanted', 'listing', 'region', 'settings'].sort(),
    );
  });

  it('are what tasks set only while it is undefined, whether the task, its block or an include asks', () => {
    const tasks = `- set_fact:
    mirror: http://deb.example.org
  when: mirror is not defined
- include_tasks: ciphers.yml
  when:
    - ciphers is undefined
- when: not owner is defined
  block:
    - set_fact:
        owner: root
- command: "true"
  register: probed
- set_fact:
    ready: true
  when: probed is defined and _done is undefined
- set_fact:
    _done: true
`;
    const ciphers = '- set_fact:\n    ciphers: aes256-ctr\n- debug:\n    msg: "{{ ciphers }}"\n';
    expect(
      named('input', 'roles/a', { 'roles/a/tasks/main.yml': tasks, 'roles/a/tasks/ciphers.yml': ciphers }),
    ).toEqual(['ciphers', 'mirror', 'owner']);
  });

  it('are variables whose values are loaded under a name, but not those that are loaded as they are', () => {
    const role = (load: string) => ({
      'roles/a/tasks/main.yml': `- include_vars:
    file: "{{ item }}"
${load}  with_first_found:
    - "{{ ansible_facts.os_family }}.yml"
- package:
    name: "{{ packages }}"
`,
      'roles/a/vars/Debian.yml': 'packages: [nginx]\n',
      'roles/a/vars/main.yml': 'always: 1\n',
    });
    expect(named('input', 'roles/a', role('    name: os_vars\n'))).toEqual(['packages']);
    expect(named('input', 'roles/a', role(''))).toEqual([]);
    const [value] = extractAll(
      Object.entries(role('    name: os_vars\n')).map(([path, text]) => ({ path, text })),
    ).flatMap(({ extraction }) => extraction.facts.filter(({ kind, name }) => kind === 'value' && name === 'packages'));
    expect(value?.attributes).toMatchObject({ level: 'include-vars', precedence: 18, within: 'os_vars' });
  });

  it('are what callers of the role set, though its own vars or includes set it, too', () => {
    const files = {
      'roles/common/vars/main.yml': 'unit: "{{ parent }}"\nlimit: 3\n',
      'roles/common/tasks/main.yml':
        '- include_tasks: query.yml\n  vars:\n    query: ls\n- debug:\n    msg: "{{ unit }} {{ limit }}"\n',
      'roles/common/tasks/query.yml': '- command: "cli {{ query }}"\n',
      'roles/web/tasks/main.yml':
        '- include_role:\n    name: acme.tools.common\n    tasks_from: query\n  vars:\n    query: read\n    unused: 1\n',
      'site.yml': '- hosts: all\n  roles:\n    - role: common\n      unit: web\n',
    };
    expect(named('input', 'roles/common', files)).toEqual(['parent', 'query', 'unit']);
    const inputs = extractAll(Object.entries(files).map(([path, text]) => ({ path, text })))
      .flatMap(({ extraction }) => extraction.facts)
      .filter(({ kind, scope }) => kind === 'input' && scope === 'roles/common');
    expect(inputs.find(({ name }) => name === 'unit')?.attributes).toMatchObject({
      setByCallers: true,
      required: false,
    });
    expect(inputs.find(({ name }) => name === 'query')?.attributes).toMatchObject({
      setByCallers: true,
      required: true,
    });
    expect(named('input', 'roles/common', { ...files, 'site.yml': '', 'roles/web/tasks/main.yml': '' })).toEqual([
      'parent',
    ]);
  });

  it('are names with the prefix of facts only where the role itself bears it', () => {
    const text = '- debug:\n    msg: "{{ ansible_config_owner }} {{ ansible_user }}"\n';
    expect(named('input', 'roles/ansible_config', { 'roles/ansible_config/tasks/main.yml': text })).toEqual([
      'ansible_config_owner',
    ]);
    expect(named('input', 'roles/web', { 'roles/web/tasks/main.yml': text })).toEqual([]);
  });

  it('are no words of a template that another engine renders', () => {
    const text =
      '{{ define "card" }}{{ if eq .Status "firing" }}{{ range .Alerts }}{{ title }}{{ end }}{{ end }}{{ end }}\n';
    expect(named('input', 'roles/a', { 'roles/a/templates/card.tmpl': text })).toEqual([]);
  });

  it('of a play are read from all of its keywords', () => {
    const text = `- hosts: all
  environment:
    HTTP_PROXY: "{{ proxy }}"
  module_defaults:
    group/aws:
      region: "{{ aws_region | default(omit) }}"
  become_user: "{{ service_user }}"
  tasks:
    - ping:
`;
    expect(named('input', '.', { 'site.yml': text })).toEqual(['aws_region', 'proxy', 'service_user']);
  });
});

describe('outputs', () => {
  it('are registered variables, and those that another role wants are marked; so is what is set for another', () => {
    const files = {
      'roles/discover/tasks/main.yml': `- command: uname
  register: kernel
- command: id
  register: who
- set_fact:
    leader: "{{ who.stdout }}"
    local_only: 1
- debug:
    var: kernel
`,
      'roles/join/tasks/main.yml': '- debug:\n    msg: "{{ leader }} {{ kernel.stdout }}"\n',
      'roles/other/tasks/main.yml': '- command: id\n  register: who\n- debug:\n    msg: "{{ who.rc }}"\n',
    };
    expect(named('output', 'roles/discover', files)).toEqual(['kernel', 'leader', 'who']);
    expect(named('value', 'roles/discover', files)).toEqual(['local_only']);
    const used = settled(files).filter(({ attributes }) => attributes['usedElsewhere'] === true);
    expect(used.map(({ scope, name }) => `${scope} ${name}`).sort()).toEqual([
      'roles/discover kernel',
      'roles/discover leader',
    ]);
  });
});

describe('files that hold a few tasks only', () => {
  it.each([
    ['one module with arguments below it', '- name: Set the volume\n  set_fact:\n    volume: /dev/shm\n', 1],
    ['one kind of module twice', '- name: A\n  user:\n    name: a\n\n- name: B\n  user:\n    name: b\n', 2],
    ['a block', '- name: Check\n  when: x\n  block:\n    - name: Look\n      assert:\n        that: y\n', 1],
    ['a module that nobody knows, with a state', '- name: Remove\n  ipatrust:\n    realm: x\n    state: absent\n', 1],
    ['a list of something else', '- name: web\n  file:\n    path: x\n  colour: red\n', 0],
    ['names with words', '- name: a\n  command: b\n', 0],
  ])('are told from %s', (_what, text, tasks) => {
    expect(named('task', 'playbooks/steps', { 'playbooks/steps/linux.yml': text })).toHaveLength(tasks);
  });
});

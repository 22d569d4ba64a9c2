import { describe, expect, it } from 'vitest';
import { extractAll } from '../../../../../test/helpers/ansible-fixture.ts';
import type { Fact } from '../../../domain/extract/contract.ts';

const play = `- hosts: all
  become: true
  environment:
    HTTP_PROXY: http://secret@proxy
  tasks:
    - block:
        - name: Plain
          file: {path: /a, state: touch}
        - name: Own word
          file: {path: /b, state: touch}
          check_mode: false
          delegate_to: other
          become: false
          environment:
            - LANG: C
      check_mode: true
      delegate_to: proxy
      run_once: true
      become_user: app
      no_log: "{{ hide }}"
      environment:
        TZ: UTC
    - name: Outside
      file: {path: /c, state: touch}
  handlers:
    - name: Handled
      file: {path: /d, state: touch}
`;
const facts = extractAll([{ path: 'site.yml', text: play }]).flatMap(({ extraction }) => extraction.facts);
const one = (name: string): Fact['attributes'] =>
  facts.find((fact) => fact.name === name && fact.kind !== 'phase')?.attributes ?? {};

describe('what a block or play says of its tasks', () => {
  it('holds for them unless they say otherwise', () => {
    expect(one('Plain')).toMatchObject({
      checkMode: true,
      effect: 'read',
      delegateTo: 'proxy',
      runOnce: true,
      becomeUser: 'app',
      environment: ['TZ'],
    });
    expect(one('Own word')).toMatchObject({
      checkMode: false,
      effect: 'write',
      delegateTo: 'other',
      become: false,
      environment: ['TZ', 'LANG'],
    });
    expect(one('Plain')).not.toHaveProperty('noLog');
    for (const name of ['Outside', 'Handled'])
      for (const key of ['checkMode', 'delegateTo', 'environment', 'become']) expect(one(name)).not.toHaveProperty(key);
  });

  it('is said of the play itself where the play says it, by names alone', () => {
    expect(one('all')).toMatchObject({ become: true, environment: ['HTTP_PROXY'] });
    expect(JSON.stringify(facts)).not.toContain('secret@');
  });

  it('makes reads of the tasks of a play that only checks', () => {
    const text = '- hosts: all\n  check_mode: true\n  tasks:\n    - name: Look\n      file: {path: /a, state: touch}\n';
    const [task] = extractAll([{ path: 'check.yml', text }]).flatMap(({ extraction }) =>
      extraction.facts.filter(({ kind }) => kind === 'task'),
    );
    expect(task?.attributes).toMatchObject({ effect: 'read', checkMode: true });
  });
});

describe('the precedence of a value', () => {
  it.each([
    ['inventory/group_vars/all.yml', 4],
    ['group_vars/all/main.yml', 5],
    ['inventories/prod/group_vars/web.yml', 6],
    ['group_vars/web.yml', 7],
    ['inventory/host_vars/a.yml', 9],
    ['host_vars/a.yml', 10],
  ])('in %s is %d', (path, precedence) => {
    const [value] = extractAll([{ path, text: 'port: 1\n' }]).flatMap(({ extraction }) => extraction.facts);
    expect(value?.attributes['precedence']).toBe(precedence);
  });

  it('in an inventory is higher for a host than for its group', () => {
    const text = '[web]\na port=1\n[web:vars]\nuser=x\n';
    const values = extractAll([{ path: 'inventory/hosts', text }]).flatMap(({ extraction }) =>
      extraction.facts.filter(({ kind }) => kind === 'value'),
    );
    expect(values.map(({ name, attributes }) => [name, attributes['precedence']])).toEqual([
      ['port', 8],
      ['user', 3],
    ]);
  });
});

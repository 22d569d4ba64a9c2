import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Extracted, extractAll, files } from '../../../../../test/helpers/ansible-fixture.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { ansible } from './ansible.ts';

const all = extractAll(files);
const facts = all.flatMap((file) => file.extraction.facts);

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

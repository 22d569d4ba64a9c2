import { describe, expect, it } from 'vitest';
import { extractAll } from '../../../../../test/helpers/ansible-fixture.ts';

/** What a file's references lead to, as kind and target. */
function targets(from: string, files: { readonly [path: string]: string }): string[] {
  return extractAll(Object.entries(files).map(([path, text]) => ({ path, text })))
    .filter(({ path }) => path === from)
    .flatMap(({ extraction }) => extraction.references)
    .map(({ kind, target }) => {
      if (target.by === 'name') return `${kind} ${target.kinds.join('|')} ${target.scope ?? '*'} ${target.name}`;
      return `${kind} ${target.by === 'path' ? target.path : target.glob}`;
    });
}

const notifying = (topic: string) => `- template:\n    src: a.j2\n    dest: /a\n  notify: ${topic}\n`;

describe('what a task notifies', () => {
  it('is every handler of its role that bears the name or listens to it', () => {
    const handlers = `- name: Restart web
  service: {name: web, state: restarted}
  listen: web changed
- name: Clear the cache
  file: {path: /c, state: absent}
  listen: [web changed, cache changed]
`;
    const files = { 'roles/web/tasks/main.yml': notifying('web changed'), 'roles/web/handlers/main.yml': handlers };
    expect(targets('roles/web/tasks/main.yml', files)).toEqual(
      expect.arrayContaining(['calls handler roles/web Restart web', 'calls handler roles/web Clear the cache']),
    );
  });

  it('is no handler of another playbook', () => {
    const play = (tasks: string) => `- hosts: all\n  tasks:\n    - ping:\n${tasks}`;
    const handlers = '  handlers:\n    - name: Restart\n      service: {name: d, state: restarted}\n';
    const files = { 'a/site.yml': play('      notify: Restart\n'), 'b/site.yml': play(handlers) };
    expect(targets('a/site.yml', files)).toContain('calls handler a Restart');
  });

  it('is the handler of another role where its own has none', () => {
    const handlers = '- name: Restart the daemon\n  service: {name: d, state: restarted}\n  listen: daemon changed\n';
    const files = (topic: string) => ({
      'roles/web/tasks/main.yml': notifying(topic),
      'roles/shared/tasks/main.yml': '- ping:\n',
      'roles/shared/handlers/main.yml': handlers,
    });
    for (const topic of ['daemon changed', 'Restart the daemon', '"shared : Restart the daemon"'])
      expect(targets('roles/web/tasks/main.yml', files(topic)), topic).toContain(
        'calls handler roles/shared Restart the daemon',
      );
    expect(targets('roles/web/tasks/main.yml', files('nobody'))).toContain('calls handler roles/web nobody');
  });
});

describe('a role that is called', () => {
  const call = (from: string) => `- include_role:\n    name: web\n    tasks_from: ${from}\n`;
  const other = { 'roles/web/tasks/renew.yml': '- file: {path: /r, state: touch}\n' };

  it('runs the file that tasks_from names, and not its main one', () => {
    const files = { 'roles/web/tasks/main.yml': '- ping:\n', ...other, 'roles/a/tasks/main.yml': call('renew') };
    const found = targets('roles/a/tasks/main.yml', files);
    expect(found).toContain('includes roles/web/tasks/renew.yml');
    expect(found.filter((one) => one.startsWith('calls role'))).toEqual([]);
  });

  it('is reached itself where it has no main file, and runs its main one where that is named', () => {
    const meta = { 'roles/web/meta/main.yml': 'dependencies: []\n' };
    expect(targets('roles/a/tasks/main.yml', { ...meta, ...other, 'roles/a/tasks/main.yml': call('renew') })).toEqual(
      expect.arrayContaining(['calls role * web', 'includes roles/web/tasks/renew.yml']),
    );
    const files = { 'roles/web/tasks/main.yml': '- ping:\n', 'roles/a/tasks/main.yml': call('main.yml') };
    expect(targets('roles/a/tasks/main.yml', files)).toContain('calls role * web');
  });

  it('is the repository itself where its namespace is written before its name', () => {
    const files = {
      'meta/main.yml': 'galaxy_info:\n  role_name: web\n',
      'tasks/main.yml': '- ping:\n',
      'molecule/default/converge.yml': '- hosts: all\n  roles:\n    - acme.web\n    - acme.other\n',
    };
    const found = targets('molecule/default/converge.yml', files);
    expect(found).toContain('calls role * web');
    expect(found).toContain('calls role * acme.other');
    expect(targets('meta/main.yml', files)).toContain('includes tasks/main.yml');
  });
});

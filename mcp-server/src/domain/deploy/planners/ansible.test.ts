import { describe, expect, it } from 'vitest';
import { planContext, projected } from '../../../../../test/helpers/planned.ts';
import { ansible } from './ansible.ts';

const target = { playbook: 'site.yml', inventory: 'hosts' };
const PLAIN = {
  ANSIBLE_STDOUT_CALLBACK: 'default',
  ANSIBLE_CALLBACK_RESULT_FORMAT: 'json',
  ANSIBLE_NOCOLOR: '1',
  ANSIBLE_FORCE_COLOR: '0',
  ANSIBLE_NOCOWS: '1',
  ANSIBLE_RETRY_FILES_ENABLED: '0',
  ANSIBLE_DISPLAY_SKIPPED_HOSTS: '1',
  ANSIBLE_LOCALHOST_WARNING: '0',
  ANSIBLE_DEPRECATION_WARNINGS: '0',
  PYTHONHASHSEED: '0',
};

const recap = (...hosts: [name: string, changed: number][]) =>
  [
    'PLAY RECAP *********************',
    ...hosts.map(
      ([name, changed]) =>
        `${name.padEnd(26)} : ok=2    changed=${changed}    unreachable=0    failed=0    skipped=0    rescued=0`,
    ),
    '',
  ].join('\n');

describe('a run of Ansible', () => {
  const bare = planContext({ tool: 'ansible', target });
  const full = planContext(
    {
      tool: 'ansible',
      target: { ...target, hosts: 'web' },
      base: ['all.yml'],
      overlay: ['prod.yml', 'secret.yml'],
      sets: { a: { pattern: '.*' } },
    },
    { a: '1 become=true' },
  );

  it('is rehearsed in check mode with differences, in an environment that no configuration colours', () => {
    expect(ansible.steps(bare)).toEqual([
      { argv: ['ansible-playbook', '-i', 'hosts', '--check', '--diff', 'site.yml'], exits: [0], env: PLAIN },
    ]);
  });

  it('is applied as it was rehearsed, without check mode', () => {
    expect(ansible.apply(bare)).toEqual({
      argv: ['ansible-playbook', '-i', 'hosts', '--diff', 'site.yml'],
      exits: [0],
      env: PLAIN,
    });
  });

  it('is limited to the hosts, and reads base before overlay before inputs, which are JSON so that one cannot set another', () => {
    const values = ['-e', '@all.yml', '-e', '@prod.yml', '-e', '@secret.yml', '-e', '{"a":"1 become=true"}'];
    expect(ansible.apply(full).argv).toEqual([
      ...['ansible-playbook', '-i', 'hosts', '-l', 'web', ...values],
      ...['--diff', 'site.yml'],
    ]);
  });

  it('rests on the playbook, the inventory and the configuration, and saves no plan', () => {
    expect(ansible.files(bare.settings)).toEqual(['site.yml', 'hosts', 'ansible.cfg']);
    expect(ansible.saves).toBe(false);
    expect(ansible.rollback).toBeUndefined();
  });
});

describe('the plan of an Ansible run', () => {
  const difference = (folder: string) =>
    `--- before\n+++ after: /root/.ansible/tmp/${folder}/c.j2\n@@ -0,0 +1 @@\n+x\n \n-y\n\\ No newline at end of file\n`;
  const run = (hosts: readonly string[], folder: string) =>
    `TASK [copy] ****\n${hosts.map((host) => `${difference(folder)}\nchanged: [${host}]\n`).join('')}\n${recap(['web1', 1])}`;

  it('has what changes on each host, its differences, and how many of the hosts change', () => {
    const output = [
      'PLAY [all] *****',
      '',
      'TASK [Gathering Facts] *****',
      'ok: [web1]',
      '',
      'TASK [Write the page] *****',
      '--- before',
      '+++ after',
      '@@ -1 +1 @@',
      '-old',
      '+the secret hunter22',
      '',
      'changed: [web1]',
      'skipping: [web2]',
      'ok: [web3]',
      '',
      'RUNNING HANDLER [restart hunter22] *****',
      'changed: [web1 -> localhost]',
      '',
      recap(['web1', 2], ['web2', 0], ['web3', 0]),
    ].join('\n');
    expect(projected('ansible', output)).toEqual({
      summary: { creates: 0, changes: 2, destroys: 0, hosts: { changed: 1, all: 3 } },
      items: [
        { address: 'web1: Write the page', action: 'change' },
        { address: 'web1: restart [clean]', action: 'change' },
      ],
      detail: [
        'TASK Write the page',
        '--- before',
        '+++ after',
        '@@ -1 +1 @@',
        '-old',
        '+the secret [clean]',
        'changed web1',
        'skipping web2',
        'TASK restart [clean]',
        'changed web1',
      ].join('\n'),
    });
  });

  it('is the same in whatever order hosts answer and wherever temporary files lie', () => {
    const one = projected('ansible', run(['web1', 'web2'], 'ansible-local-1a/tmpx'));
    expect(one).toEqual(projected('ansible', run(['web2', 'web1'], 'ansible-local-2b/tmpy')));
    expect(one).toMatchObject({
      detail: ['web1', 'web2']
        .map(
          (host) =>
            `--- before\n+++ after: <temporary file>\n@@ -0,0 +1 @@\n+x\n \n-y\n\\ No newline at end of file\nchanged ${host}`,
        )
        .reduce((all, next) => `${all}\n${next}`, 'TASK copy'),
    });
  });

  it.each([
    '/root/.ansible/tmp/ansible-tmp-17.1-2/source',
    '/var/ansible/tmp/x',
    '/home/a/.ansible_async/tmp/x',
    '/tmp/ansible-local-99abc/tmpq/page.j2',
  ])('does not show the temporary file %s, neither in a difference nor in an item', (path) => {
    const output = `TASK [copy] **\n+++ after: "${path}"\nchanged: [web1] => (item=${path})\n${recap(['web1', 1])}`;
    expect(projected('ansible', output)).toMatchObject({
      items: [{ address: 'web1 => <temporary file>: copy' }],
      detail: 'TASK copy\n+++ after: "<temporary file>"\nchanged web1 => <temporary file>',
    });
  });

  it.each(['/srv/ansible/templates/page.j2', '/tmp/page.j2'])('shows the lasting file %s', (path) => {
    const output = `TASK [copy] **\n+++ after: ${path}\nchanged: [web1]\n${recap(['web1', 1])}`;
    expect(projected('ansible', output)).toMatchObject({ detail: `TASK copy\n+++ after: ${path}\nchanged web1` });
  });

  it('sorts the results of a task by host, then by what differs, and keeps the order of tasks', () => {
    const looped = (host: string, text: string) => `+${text}\nchanged: [${host}]`;
    const output = [
      'TASK [z] **',
      looped('b', '2'),
      looped('b', '1'),
      looped('a', '3'),
      'TASK [a] **',
      'changed: [c]',
      recap(['a', 1]),
    ].join('\n');
    expect(projected('ansible', output)).toMatchObject({
      items: [{ address: 'a: z' }, { address: 'b: z' }, { address: 'b: z' }, { address: 'c: a' }],
      detail: 'TASK z\n+3\nchanged a\n+1\nchanged b\n+2\nchanged b\nTASK a\nchanged c',
    });
  });

  it('gives a difference to the result that follows it, and to no other', () => {
    const output = [
      'TASK [one] **',
      '+of a host that is as it should be',
      'ok: [web1]',
      'changed: [web2]',
      '+left over',
      'TASK [two] **',
      'changed: [web1]',
      'fatal: [web2]: FAILED! => {}',
      recap(['web1', 1], ['web2', 1]),
    ].join('\n');
    expect(projected('ansible', output)).toMatchObject({
      detail: 'TASK one\nchanged web2\nTASK two\nchanged web1',
    });
  });

  it('counts by the last recap: a difference that quotes another one changes nothing', () => {
    const quoted = `TASK [motd] ****\n+PLAY RECAP ***\n+web1 : ok=1 changed=0 unreachable=0\nPLAY RECAP ***\nweb9 : ok=1 changed=7 unreachable=0\nchanged: [web1]\n${recap(['web1', 3], ['web2', 12])}`;
    expect(projected('ansible', quoted)).toEqual({
      summary: { creates: 0, changes: 15, destroys: 0, hosts: { changed: 2, all: 2 } },
      items: [{ address: 'web1: motd', action: 'change' }],
      detail: 'TASK motd\n+PLAY RECAP ***\n+web1 : ok=1 changed=0 unreachable=0\nchanged web1',
    });
  });

  it.each([
    '',
    'TASK [x] ***\nchanged: [web1]\n',
    'web1 : ok=1 changed=1 unreachable=0\n',
    'PLAY RECAP ***\n',
    'PLAY RECAP ***\nweb1 ok=1 changed=1 unreachable=0\n',
  ])('is unreadable without a recap: %j', (output) => {
    expect(projected('ansible', output)).toEqual({ unreadable: 'ansible-playbook printed no recap' });
  });
});

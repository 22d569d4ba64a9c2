import { describe, expect, it } from 'vitest';
import { extractAll } from '../../../../../test/helpers/ansible-fixture.ts';

/** `write`, `read`, `write?` where it is assumed, `-` where the task only steers. */
function effectOf(task: string, files: { readonly [path: string]: string } = {}): string {
  const text = `- name: One\n${task.replace(/^/gm, '  ')}\n`;
  const [fact] = extractAll(
    Object.entries({ 'roles/a/tasks/main.yml': text, ...files }).map(([path, source]) => ({ path, text: source })),
  ).flatMap(({ extraction }) => extraction.facts.filter(({ kind }) => kind === 'task'));
  const { effect = '-', assumed } = fact?.attributes ?? {};
  return `${String(effect)}${assumed === true ? '?' : ''}`;
}

describe('the effect of a task', () => {
  it.each([
    ['set_fact:\n  a: 1', '-'],
    ['ansible.builtin.file:\n  path: /x\n  state: touch\nchanged_when: false', 'write'],
    ['file:\n  path: /x\ncheck_mode: true', 'read'],
    ['amazon.aws.ec2_instance_info:', 'read'],
    ['acme.tools.release_search:\n  name: x', 'read'],
    ['acme.tools.release_search_update:\n  name: x', 'write'],
    ['acme.tools.volume:\n  name: x', 'write'],
    ['acme_volume:\n  name: x\n  state: present', 'write'],
    ['acme_volume:\n  name: x', 'write?'],
    ['acme_volume:\n  name: x\nchanged_when: true', 'write'],
    ['acme_volume:\n  name: x\nchanged_when: false', 'read'],
    ['cisco.ios.ios_vlans:\n  state: gathered', 'read'],
    ['community.mysql.mysql_query:\n  query: SELECT 1', 'read'],
    ['community.mysql.mysql_query:\n  query: DROP TABLE x', 'write'],
    ['kubernetes.core.k8s_exec:\n  command: cat /x\nchanged_when: false', 'read'],
    ['acme_toolbox:\n  module_name: uri\n  module_args:\n    url: http://x', 'read'],
    ['acme_toolbox:\n  module_name: mysql_user\n  module_args:\n    name: x', 'write'],
    ['cisco.ios.ios_command:\n  commands:\n    - command: show run\n      prompt: more', 'read'],
    ['cisco.ios.ios_command:\n  commands: [show run, reload]', 'write'],
    ['uri:\n  url: http://x', 'read'],
    ['uri:\n  url: http://x\n  method: POST', 'write'],
  ])('follows module and arguments: %s', (task, effect) => {
    expect(effectOf(task)).toBe(effect);
  });

  it.each([
    ['grep -q x /etc/passwd', undefined, 'read'],
    ['awk "{print}" f | sort | uniq -c', undefined, 'read'],
    ['grep x f && frobnicate', undefined, 'write?'],
    ['frobnicate', true, 'write'],
    ['frobnicate', false, 'read'],
    ['rm -rf /var/lib/x', false, 'write'],
    ['echo 1 > /sys/bus/rbd/remove', false, 'write'],
    ['frobnicate > /tmp/log', false, 'read'],
    ['ipa trust-find', undefined, 'read'],
    ['ara --version', undefined, 'read'],
    ['firewall-cmd --list-all', undefined, 'read'],
    ['firewall-cmd --add-port=80/tcp', undefined, 'write'],
    ['sed -n 1p f', undefined, 'read'],
    ['sed -i s/a/b/ f', undefined, 'write'],
    ['ip addr show eth0', undefined, 'read'],
    ['ip link set eth0 up', undefined, 'write'],
    ['find / -name x -delete', false, 'write'],
    ['docker exec db status', false, 'read'],
    ['docker exec db status', undefined, 'write'],
    ['docker rm db', false, 'write'],
    ['passwd -S root', undefined, 'read'],
    ['tar -xf a.tar -C test', undefined, 'write'],
    ['tar -tf a.tar', undefined, 'read'],
    ['curl -s http://x', undefined, 'read'],
    ['curl -o /opt/x http://x', undefined, 'write?'],
    ['git clone http://x /opt/x', undefined, 'write?'],
    ['wget -qO- http://x', undefined, 'read'],
  ])('follows the command %s, of which changed_when says %s', (command, changed, effect) => {
    const changedWhen = changed === undefined ? '' : `\nchanged_when: ${changed}`;
    expect(effectOf(`shell: ${command}${changedWhen}`)).toBe(effect);
  });

  it('is a write where the task makes a file that it names', () => {
    expect(effectOf('command: frobnicate\nargs:\n  creates: /x')).toBe('write');
  });

  it('follows the source of a module that lies beside it', () => {
    const source = (exit: string) => ({
      'library/acme_look.py': `module = AnsibleModule({})\nmodule.exit_json(${exit})\n`,
    });
    expect(effectOf('acme_look:', source('changed=False, size=1'))).toBe('read');
    expect(effectOf('acme_look:', source('size=1'))).toBe('read');
    expect(effectOf('acme_look:', source('changed=did'))).toBe('write');
    expect(effectOf('acme_look:', source('**result, **{"changed": True}'))).toBe('write');
    expect(effectOf('acme_look:', { 'library/acme_look.py': 'x = 1\n' })).toBe('write?');
  });
});

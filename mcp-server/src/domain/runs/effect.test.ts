import { describe, expect, it } from 'vitest';
import { commandLabel, commandWords } from './command-words.ts';
import { effectOf, objectOf } from './effect.ts';

describe('the effect of a use of a tool', () => {
  it.each([
    ['mcp__netbox__create_vlan', undefined, undefined, 'write'],
    ['getIpamVlans', undefined, undefined, 'read'],
    ['Servicenow.updateIncident', undefined, undefined, 'write'],
    ['Edit', undefined, undefined, 'write'],
    ['Grep', undefined, undefined, 'read'],
    ['frobnicate', undefined, undefined, undefined],
    ['http', 'GET', undefined, 'read'],
    ['http', 'post', undefined, 'write'],
    ['http', 'OPTIONS', undefined, 'read'],
    ['http', 'GETTER', undefined, undefined],
    ['http', 'FORGET', undefined, undefined],
    ['BashOutput', undefined, undefined, 'read'],
    ['ReadMcpResourceTool', undefined, undefined, 'read'],
    ['LS', undefined, undefined, 'read'],
    ['MyRead', undefined, undefined, 'read'],
    ['Reader', undefined, undefined, undefined],
    ['Editor', undefined, undefined, undefined],
    ['NotebookEdit', undefined, undefined, 'write'],
    ['apply_patch', undefined, undefined, 'write'],
    ['server__a.b/get-create', undefined, undefined, 'read'],
    ['Bash', undefined, 'netctl Create vlan', undefined],
    ['Bash', undefined, 'netctl x1 create', 'write'],
    ['Bash', undefined, 'netctl re1 get-it', undefined],
    ['Bash', undefined, 'kubectl', 'read'],
    ['Bash', undefined, 'echo a; ./x.sh', undefined],
    ['Bash', undefined, 'wget --method=PUT https://x', 'write'],
    ['Bash', undefined, 'http POST x', 'write'],
    ['Bash', undefined, 'curl --data-binary @x y', 'write'],
    ['Bash', undefined, 'curl -X GET y', 'read'],
    ['Bash', undefined, 'curl x | grep -d y', 'read'],
    ['Bash', undefined, 'terraform apply -auto-approve', 'write'],
    ['Bash', undefined, 'terraform plan', 'read'],
    ['Bash', undefined, 'kubectl get pods | head', 'read'],
    ['Bash', undefined, 'curl -X POST https://x/y -d @z', 'write'],
    ['Bash', undefined, 'echo hi > file', 'write'],
    ['Bash', undefined, './unknown.sh', undefined],
    ['Bash', undefined, 'netctl show vlan 12', 'read'],
    ['Bash', undefined, 'netctl --frob', undefined],
    ['Bash', undefined, 'grep delete log && git commit -m x', 'write'],
    ['Bash', undefined, 'netctl create vlan 12', 'write'],
  ] as const)('%s %s %s: %s', (tool, method, command, expected) => {
    expect(effectOf(tool, method, command)).toBe(expected);
  });

  it.each([
    ['get_v12_vlan_by_id', 'vlan'],
    ['list_all_policies', 'policy'],
    ['create_hobby', 'hobby'],
    ['get_identity', 'identity'],
    ['get_overall_v2x', 'overall v2x'],
    ['get_seriesx', 'seriesx'],
    ['get_v2_idea', 'idea'],
    ['getall', 'getall'],
    ['get_standby', 'standby'],
    ['list_buses_of', 'buses of'],
  ])('calls the object of %s %s', (tool, object) => expect(objectOf(tool)).toBe(object));

  it('speaks of one object for what writes and what reads it', () => {
    expect(new Set(['create_vlans', 'mcp__netbox__get_vlan', 'listVlans', 'getVlanById'].map(objectOf))).toEqual(
      new Set(['vlan']),
    );
  });
});

describe('a command line', () => {
  it.each([
    ['cd net && terraform -chdir=x plan -out p', 'cd && terraform plan'],
    ['sudo FOO=1 /usr/bin/kubectl -n web rollout status d', 'kubectl rollout'],
    ['aws ec2 describe-vpcs --region eu', 'aws ec2 describe-vpcs'],
    ['cat a | grep b; cat c', 'cat && grep && cat'],
    ['"unclosed', 'unclosed'],
  ])('%s is called %s', (command, expected) => {
    expect(commandLabel(command)).toBe(expected);
  });

  it('names its values by their options, keys and places', () => {
    expect(commandWords(`play site.yml --limit 'a b' -e vlan="12" --check`)).toEqual([
      { name: '[0]', text: 'play' },
      { name: '[1]', text: 'site.yml' },
      { name: '[2]', text: '--limit' },
      { name: '--limit', text: 'a b' },
      { name: '[3]', text: '-e' },
      { name: 'vlan', text: '12' },
      { name: '[4]', text: '--check' },
    ]);
  });
});

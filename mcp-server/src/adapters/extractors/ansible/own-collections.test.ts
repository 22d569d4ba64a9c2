import { describe, expect, it } from 'vitest';
import { extractAll } from '../../../../../test/helpers/ansible-fixture.ts';
import { systemOfCollection } from './modules.ts';

const tasks = `- acme.tools.volume:
    name: a
- include_role:
    name: acme.tools.common
- acme.other.volume:
    name: b
- include_role:
    name: acme.other.common
`;
const ties = (files: { readonly [path: string]: string }) =>
  extractAll(Object.entries({ ...files, 'roles/a/tasks/main.yml': tasks }).map(([path, text]) => ({ path, text })))
    .flatMap(({ extraction }) => extraction.couplings)
    .map((tie) => `${tie.class} ${tie.system} ${tie.evidence[0]?.line}`);

describe('ties to collections', () => {
  it('are no ties where the tree is that collection', () => {
    expect(ties({})).toEqual(['collection acme 1', 'role acme.tools 3', 'collection acme 5', 'role acme.other 7']);
    expect(ties({ 'galaxy.yml': 'namespace: acme\nname: tools\n' })).toEqual([
      'collection acme 5',
      'role acme.other 7',
    ]);
  });

  it.each([
    ['middleware_automation.keycloak', 'keycloak'],
    ['community.zabbix', 'zabbix'],
    ['amazon.cloud', 'aws'],
    ['linode.cloud', 'linode'],
    ['ansible.builtin', undefined],
  ])('of %s mean %s', (collection, system) => {
    expect(systemOfCollection(collection)).toBe(system);
  });
});

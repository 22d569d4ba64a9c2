import { join } from 'node:path';
import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { groupBy } from '../../domain/group.ts';
import { readAnsibleConfig } from './ansible-config.ts';
import { defineProbe, type Hands, isRefusal, type Target } from './probe.ts';

const collections = z.record(z.string(), z.record(z.string(), z.object({ version: z.string() })));
const modules = z.record(z.string(), z.unknown());
const groups = z.record(
  z.string(),
  z.object({ hosts: z.array(z.string()).optional(), children: z.array(z.string()).optional() }).loose(),
);

/** An inventory is read by plug-ins that only parse, and no variables are loaded: their files may hold templates that run things. */
const STATIC = {
  ANSIBLE_INVENTORY_ENABLED: 'yaml,ini,toml',
  ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: '1',
  ANSIBLE_VARS_ENABLED: '',
  ANSIBLE_NOCOLOR: '1',
  ANSIBLE_LOCALHOST_WARNING: '0',
};
const { ANSIBLE_INVENTORY_ENABLED: _, ...DYNAMIC } = STATIC;

/** Ansible on this machine, and the project's inventories and roles. Runs outside the project: its ansible.cfg is data. */
export const ansible = defineProbe({
  name: 'ansible',
  answers: 'collections with versions and modules, inventory groups, roles of the project',
  needs: 'ansible-core; inventories from ansible.cfg or countersign.yaml',
  strips: 'variables of hosts and groups',
  calls: {
    version: { run: ['ansible', '--version'] },
    collections: { run: ['ansible-galaxy', 'collection', 'list', '--format', 'json'] },
    modules: { run: ['ansible-doc', '--list', '--json'] },
    inventory: { run: ['ansible-inventory', '--inventory={path}', '--list'], set: STATIC },
    'dynamic-inventory': { run: ['ansible-inventory', '--inventory={path}', '--list'], set: DYNAMIC },
  },
  targets(around) {
    const { inventories, roles } = readAnsibleConfig(around);
    const named = [...new Set([...around.settings.ansible.inventories, ...inventories])];
    return [
      { id: 'ansible' },
      ...roles.flatMap((folder) =>
        around
          .list(join(around.root, folder))
          .filter((name) => around.list(join(around.root, folder, name, 'tasks')).length > 0)
          .map((name) => ({ id: factId('ansible', 'role', `${folder}/${name}`), values: { role: name } })),
      ),
      ...named.map((path): Target => {
        const values = { path: join(around.root, path) };
        return { id: factId('ansible', 'inventory', path), values };
      }),
    ];
  },
  look(target, hands) {
    const role = target.values?.['role'];
    if (role !== undefined) return hands.found({ id: target.id, kind: 'work', outcome: 'present', offers: [role] });
    return target.values === undefined ? installation(target, hands) : inventory(target, hands);
  },
});

async function installation({ id }: Target, { ask, text, found }: Hands): Promise<void> {
  const version = await text('version');
  if (isRefusal(version)) return found({ id, kind: 'system', ...version });
  const [, core] = /\[core ([\d.]+\w*)/.exec(version.value) ?? [];
  found({ id, kind: 'system', outcome: 'present', ...(core === undefined ? {} : { version: core }) });
  const [listed, offered] = await Promise.all([ask('collections', collections), ask('modules', modules)]);
  // Without any path for collections the list ends with an error: that is none.
  const none = isRefusal(listed) && /no collections? path|none of the provided paths/i.test(listed.reason);
  if (isRefusal(listed))
    return found({
      id: 'ansible/collections',
      kind: 'client',
      ...(none ? { outcome: 'absent', reason: 'there is none' } : listed),
    });
  const named = (isRefusal(offered) ? [] : Object.keys(offered.value)).map((full) => {
    const [, collection = 'ansible.builtin', name = full] = /^(\w+\.\w+)\.(.+)$/.exec(full) ?? [];
    return { collection, name };
  });
  const byCollection = groupBy(named, (one) => one.collection);
  // The first path wins, as it does in Ansible.
  for (const paths of Object.values(listed.value))
    for (const [name, { version }] of Object.entries(paths)) {
      const offers = byCollection.get(name)?.map((one) => one.name);
      const id = factId('ansible', 'collection', name);
      found({ id, kind: 'client', outcome: 'present', version, ...(offers === undefined ? {} : { offers }) });
    }
  if (isRefusal(offered)) found({ id: 'ansible/modules', kind: 'client', ...offered });
}

async function inventory({ id }: Target, { ask, found, settings }: Hands): Promise<void> {
  const dynamic = settings.ansible['dynamic-inventories'];
  const answer = await ask(dynamic ? 'dynamic-inventory' : 'inventory', groups);
  if (isRefusal(answer)) {
    const hint = dynamic ? '' : ' (an inventory that runs something needs probes.ansible.dynamic-inventories)';
    return found({ id, kind: 'inventory', ...answer, reason: `${answer.reason}${hint}` });
  }
  const named = Object.entries(answer.value).filter(([name]) => name !== '_meta' && name !== 'all');
  const offers = named.map(([name, { hosts = [] }]) => `${name}: ${hosts.length} hosts`);
  found({ id, kind: 'inventory', outcome: 'present', offers });
}

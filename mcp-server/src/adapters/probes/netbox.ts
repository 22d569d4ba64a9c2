import * as z from 'zod';
import { defineProbe, isRefusal } from './probe.ts';
import { credential, isUnset, settingsOf, systemTargets } from './system.ts';

const status = z.object({ 'netbox-version': z.string(), plugins: z.record(z.string(), z.unknown()).optional() });
const counted = z.object({ count: z.int() });
const LISTS = ['sites', 'devices', 'prefixes', 'vlans', 'ip-addresses'] as const;

/** NetBox (REST API of 3.x and 4.x): how many of a kind, never which. */
export const netbox = defineProbe({
  name: 'netbox',
  answers:
    'its version and plug-ins, and which lists of sites, devices, prefixes, VLANs and addresses this token may read',
  needs: 'probes.systems with kind netbox; a token',
  strips: 'every record: only counts are read',
  calls: {
    status: { get: '/api/status/' },
    sites: { get: '/api/dcim/sites/?limit=1&brief=true' },
    devices: { get: '/api/dcim/devices/?limit=1&brief=true' },
    prefixes: { get: '/api/ipam/prefixes/?limit=1&brief=true' },
    vlans: { get: '/api/ipam/vlans/?limit=1&brief=true' },
    'ip-addresses': { get: '/api/ipam/ip-addresses/?limit=1&brief=true' },
  },
  targets: (around) => systemTargets('netbox', around),
  async look(target, hands) {
    const { id } = target;
    const { ask, found } = hands;
    const headers = credential(settingsOf(target, hands), hands, 'Token ');
    if (isUnset(headers)) return found({ id, kind: 'system', ...headers });
    const about = await ask('status', status, { headers });
    if (isRefusal(about)) return found({ id, kind: 'system', ...about });
    const { 'netbox-version': version, plugins = {} } = about.value;
    found({ id, kind: 'system', outcome: 'present', health: 'running', version, offers: Object.keys(plugins) });
    await Promise.all(
      LISTS.map(async (list) => {
        const answer = await ask(list, counted, { headers });
        const at = { id: `${id}/${list}`, kind: 'resource' } as const;
        if (isRefusal(answer)) return found({ ...at, ...answer });
        const { count } = answer.value;
        // Permissions filter records: none to be seen is not none.
        if (count === 0) return found({ ...at, outcome: 'present', reason: 'none that this token may see' });
        found({ ...at, outcome: 'present', offers: [`${count} records`] });
      }),
    );
  },
});

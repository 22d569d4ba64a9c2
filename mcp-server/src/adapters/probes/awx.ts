import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { defineProbe, type Hands, isRefusal } from './probe.ts';
import { credential, isUnset, listFacts, mapped, settingsOf, systemTargets } from './system.ts';

const ping = z.object({
  version: z.string(),
  instances: z.array(z.object({ capacity: z.number().optional() })).optional(),
});
const page = z.object({ count: z.int(), results: z.array(z.object({ id: z.int(), name: z.string() })) });

/** AWX and Ansible Automation Platform (API v2). */
export const awx = defineProbe({
  name: 'awx',
  answers: 'whether it runs, with job templates and inventories',
  needs: 'probes.systems with kind awx; a token, or user and password',
  strips: 'variables of inventories and templates, credentials',
  calls: {
    ping: { get: '/api/v2/ping/' },
    me: { get: '/api/v2/me/' },
    'job-template': { get: '/api/v2/job_templates/?order_by=id&page_size=100&page={page}' },
    'workflow-template': { get: '/api/v2/workflow_job_templates/?order_by=id&page_size=100&page={page}' },
    inventory: { get: '/api/v2/inventories/?order_by=id&page_size=100&page={page}' },
  },
  targets: (around) => systemTargets('awx', around),
  async look(target, hands) {
    const { id } = target;
    const { ask, found } = hands;
    const headers = credential(settingsOf(target, hands), hands, 'Bearer ');
    if (isUnset(headers)) return found({ id, kind: 'system', ...headers });
    const about = await ask('ping', ping, { headers });
    if (isRefusal(about)) return found({ id, kind: 'system', ...about });
    const { version, instances = [] } = about.value;
    const idle = instances.length > 0 && instances.every(({ capacity }) => capacity === 0);
    // Everybody may ping: what an account may do shows only with its own page.
    const me = await ask('me', z.unknown(), { headers });
    found({
      id,
      kind: 'system',
      outcome: 'present',
      version,
      health: idle ? 'stopped' : 'running',
      ...(idle ? { reason: 'no instance has capacity' } : {}),
    });
    if (isRefusal(me)) return found({ id: `${id}/account`, kind: 'account', ...me });
    found({ id: `${id}/account`, kind: 'account', outcome: 'present' });
    await Promise.all([
      templates(id, hands, 'job-template', headers),
      templates(id, hands, 'workflow-template', headers),
      templates(id, hands, 'inventory', headers),
    ]);
  },
});

function templates(id: string, hands: Hands, call: string, headers: Record<string, string>): Promise<void> {
  const kind = call === 'inventory' ? 'inventory' : 'work';
  return listFacts(
    `${id}/${call}`,
    hands,
    async (offset) => {
      const answer = await hands.ask(call, page, { headers, values: { page: String(Math.floor(offset / 100) + 1) } });
      return mapped(answer, ({ count, results }) => ({ items: results, total: count }));
    },
    {
      kind,
      key: (one) => String(one.id),
      fact: ({ name }) => ({ id: `${id}/${factId(call, name)}`, kind, outcome: 'present', offers: [name] }),
    },
  );
}

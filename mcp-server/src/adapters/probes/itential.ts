import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import type { PlatformFact } from '../../domain/feasibility/snapshot.ts';
import { ITENTIAL_LOG_IN, ItentialSession } from './itential-session.ts';
import { type Asked, defineProbe, type Hands, isRefusal } from './probe.ts';
import { listFacts, mapped, systemTargets } from './system.ts';

const health = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      version: z.string().nullish(),
      state: z.string().nullish(),
      connection: z.object({ state: z.string().nullish() }).nullish(),
    }),
  ),
});
const apps = z.array(z.object({ name: z.string(), type: z.string().nullish() }));
const workflows = z.object({ items: z.array(z.object({ _id: z.string(), name: z.string() })), total: z.int() });
const projects = z.object({
  data: z.array(z.object({ _id: z.string(), name: z.string() })),
  metadata: z.object({ total: z.int() }),
});
const devices = z.object({ list: z.array(z.object({ name: z.string() })), total: z.int() });
const PAGE = 100;
const page = `limit=${PAGE}&skip={skip}&sort=_id&order=1`;

/** Itential Platform, with a token of a client (OAuth) or of a log-in. */
export const itential = defineProbe({
  name: 'itential',
  answers:
    'adapters and applications with their state, workflows and projects that this account may see, number of devices',
  needs: 'probes.systems with kind itential; a client or a user with its secret',
  strips: 'properties of adapters, bodies of workflows, records of devices',
  calls: {
    ...ITENTIAL_LOG_IN,
    adapters: { get: '/health/adapters' },
    applications: { get: '/health/applications' },
    apps: { get: '/automation-studio/apps/list' },
    workflows: { get: `/automation-studio/workflows?${page}` },
    projects: { get: `/automation-studio/projects?${page}` },
    devices: { post: '/configuration_manager/devices' },
  },
  targets: (around) => systemTargets('itential', around),
  async look(target, hands) {
    const { id } = target;
    const { found } = hands;
    const session = await ItentialSession.open(target, hands);
    if ('outcome' in session) return found({ id, kind: 'system', ...session });
    const adapters = await session.ask('adapters', health);
    if (isRefusal(adapters) && adapters.outcome !== 'denied') return found({ id, kind: 'system', ...adapters });
    found({ id, kind: 'system', outcome: 'present', health: 'running' });
    stateFacts(`${id}/adapter`, hands, adapters);
    await Promise.all([
      session.ask('applications', health).then((answer) => stateFacts(`${id}/application`, hands, answer)),
      session.ask('apps', apps).then((answer) => appFacts(`${id}/app`, hands, answer)),
      work(id, hands, 'workflow', async (skip) => {
        const answer = await session.ask('workflows', workflows, { values: { skip: String(skip) } });
        return mapped(answer, ({ items, total }) => ({ items, total }));
      }),
      // A project that is not visible is not missing: the list says so when it is empty.
      work(id, hands, 'project', async (skip) => {
        const answer = await session.ask('projects', projects, { values: { skip: String(skip) } });
        return mapped(answer, ({ data, metadata }) => ({ items: data, total: metadata.total }));
      }),
      session
        .ask('devices', devices, { body: { options: { start: 0, limit: 1, sort: 'name', order: 'ascending' } } })
        .then((answer) => {
          const at = { id: `${id}/devices`, kind: 'inventory' } as const;
          found(
            isRefusal(answer)
              ? { ...at, ...answer }
              : { ...at, outcome: 'present', offers: [`${answer.value.total} devices`] },
          );
        }),
    ]);
  },
});

/** Stopped ones are kept: found, and not usable, is a finding. */
function stateFacts(id: string, { found }: Hands, answer: Asked<z.infer<typeof health>>): void {
  if (isRefusal(answer)) return found({ id, kind: 'adapter', ...answer });
  for (const { id: instance, version, state, connection } of answer.value.results) {
    const up = state === 'RUNNING';
    const online = connection == null || connection.state == null || connection.state === 'ONLINE';
    found({
      id: `${id}/${factId(instance)}`,
      kind: 'adapter',
      outcome: 'present',
      health: up ? (online ? 'running' : 'degraded') : 'stopped',
      ...(version == null ? {} : { version }),
      ...(up ? {} : { reason: `its state is ${state ?? 'unknown'}` }),
      ...(up && !online ? { reason: `its connection is ${connection?.state}` } : {}),
    });
  }
}

/** The types that tasks name, in the casing that they need; an instance is another thing. */
function appFacts(id: string, { found }: Hands, answer: Asked<z.infer<typeof apps>>): void {
  if (isRefusal(answer)) return found({ id, kind: 'client', ...answer });
  found({ id, kind: 'client', outcome: 'present', offers: answer.value.map(({ name }) => name) });
}

function work(
  id: string,
  hands: Hands,
  what: string,
  page: Parameters<typeof listFacts<{ _id: string; name: string }>>[2],
): Promise<void> {
  return listFacts(`${id}/${what}`, hands, page, {
    kind: 'work',
    key: (one) => one._id,
    fact: ({ name }): PlatformFact => ({
      id: `${id}/${factId(what, name)}`,
      kind: 'work',
      outcome: 'present',
      offers: [name],
    }),
  });
}

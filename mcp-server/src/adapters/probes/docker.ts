import { join } from 'node:path';
import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { defineProbe, type Hands, isRefusal, type Target } from './probe.ts';
import { yamlIn } from './yaml.ts';

const version = z.object({ Version: z.string(), ApiVersion: z.string().optional() });
const info = z.object({
  NCPU: z.number().optional(),
  MemTotal: z.number().optional(),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  Plugins: z.object({ Network: z.array(z.string()).nullish() }).nullish(),
});
const images = z.array(z.object({ RepoTags: z.array(z.string()).nullish() }));
const composeFile = z.object({ services: z.record(z.string(), z.unknown()).nullish() });
const COMPOSE = /^(?:docker-)?compose(?:\.[\w-]{1,40})?\.ya?ml$/;

/** The engine behind DOCKER_HOST or the usual socket (Docker Engine API), and the project's compose files. */
export const docker = defineProbe({
  name: 'docker',
  answers: "the engine's version, processors, memory, runtimes and image tags; services of compose files",
  needs: 'a socket or DOCKER_HOST',
  strips: 'labels, environment, containers and registry logins: they are not asked for',
  calls: { version: { get: '/version' }, info: { get: '/info' }, images: { get: '/images/json' } },
  targets({ env, root, list }) {
    const files = list(root).filter((name) => COMPOSE.test(name));
    return [
      engine(env['DOCKER_HOST'] || 'unix:///var/run/docker.sock'),
      ...files.map((file): Target => ({ id: factId('docker', 'compose', file), values: { file } })),
    ];
  },
  look: (target, hands) => (target.values === undefined ? lookAtEngine(target, hands) : compose(target, hands)),
});

function engine(host: string): Target {
  const id = 'docker/engine';
  if (host.startsWith('unix://'))
    return { id, system: { url: 'http://localhost', socket: host.slice('unix://'.length) } };
  const at = /^tcp:\/\/([^/@\s]+)$/.exec(host)?.[1];
  if (at === undefined) return { id, refused: 'DOCKER_HOST is neither a Unix socket nor a tcp address' };
  return { id, system: { url: `http://${at}` } };
}

async function lookAtEngine({ id }: Target, { ask, found }: Hands): Promise<void> {
  const engine = await ask('version', version);
  if (isRefusal(engine)) return found({ id, kind: 'system', ...engine });
  found({ id, kind: 'system', outcome: 'present', version: engine.value.Version });
  const [about, listed] = await Promise.all([ask('info', info), ask('images', images)]);
  if (isRefusal(about)) found({ id: `${id}/limits`, kind: 'quota', ...about });
  else {
    const { NCPU = 0, MemTotal = 0, Runtimes } = about.value;
    const offers = [`processors: ${NCPU}`, `memory: ${Math.round(MemTotal / 1024 / 1024)} MiB`];
    found({ id: `${id}/limits`, kind: 'quota', outcome: 'present', offers });
    found({ id: `${id}/runtimes`, kind: 'resource', outcome: 'present', offers: Object.keys(Runtimes ?? {}) });
  }
  if (isRefusal(listed)) return found({ id: `${id}/images`, kind: 'resource', ...listed });
  const tags = listed.value.flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
  found({ id: `${id}/images`, kind: 'resource', outcome: tags.length === 0 ? 'absent' : 'present', offers: tags });
}

function compose({ id, values }: Target, { read, root, found }: Hands): void {
  const parsed = composeFile.safeParse(yamlIn(read(join(root, values!['file']!)) ?? ''));
  if (!parsed.success) return found({ id, kind: 'work', outcome: 'not-probed', reason: 'the file cannot be read' });
  found({ id, kind: 'work', outcome: 'present', offers: Object.keys(parsed.data.services ?? {}) });
}

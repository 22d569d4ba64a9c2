import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { defineProbe, isRefusal } from './probe.ts';
import { credential, isUnset, listFacts, mapped, settingsOf, systemTargets } from './system.ts';

const version = z.object({ version: z.string() });
const token = z.object({ scopes: z.array(z.string()), expires_at: z.string().nullish() });
const projects = z.array(z.object({ id: z.int(), path_with_namespace: z.string() }));
const PER_PAGE = 100;

/** GitLab (REST API v4). */
export const gitlab = defineProbe({
  name: 'gitlab',
  answers: 'its version, the scopes of the token, and the projects it is a member of',
  needs: 'probes.systems with kind gitlab; a token',
  strips: 'everything but names',
  calls: {
    version: { get: '/api/v4/version' },
    token: { get: '/api/v4/personal_access_tokens/self' },
    projects: { get: `/api/v4/projects?membership=true&simple=true&order_by=id&per_page=${PER_PAGE}&page={page}` },
  },
  targets: (around) => systemTargets('gitlab', around),
  async look(target, hands) {
    const { id } = target;
    const { ask, found } = hands;
    const system = settingsOf(target, hands);
    const headers = credential({ ...system, header: system.header ?? 'PRIVATE-TOKEN' }, hands, '');
    if (isUnset(headers)) return found({ id, kind: 'system', ...headers });
    const about = await ask('version', version, { headers });
    if (isRefusal(about)) return found({ id, kind: 'system', ...about });
    found({ id, kind: 'system', outcome: 'present', health: 'running', version: about.value.version });
    const scopes = await ask('token', token, { headers });
    found(
      isRefusal(scopes)
        ? { id: `${id}/rights`, kind: 'right', ...scopes }
        : { id: `${id}/rights`, kind: 'right', outcome: 'present', offers: scopes.value.scopes },
    );
    await listFacts(
      `${id}/project`,
      hands,
      async (offset) => {
        const answer = await ask('projects', projects, { headers, values: { page: String(offset / PER_PAGE + 1) } });
        // Large lists come without a total; a page that is not full is the last.
        return mapped(answer, (items) => ({
          items,
          total: items.length < PER_PAGE ? offset + items.length : undefined,
        }));
      },
      {
        kind: 'resource',
        key: (one) => String(one.id),
        fact: (one) => ({
          id: `${id}/${factId('project', one.path_with_namespace)}`,
          kind: 'resource',
          outcome: 'present',
        }),
      },
    );
  },
});

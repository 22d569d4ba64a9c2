import * as z from 'zod';
import { factId } from '../../../domain/feasibility/fact-id.ts';
import { isRefusal } from '../probe.ts';
import { type Cloud, forEach, usage } from './cloud.ts';

const accounts = z.array(z.object({ account: z.string(), status: z.string() }));
const config = z.object({ core: z.object({ project: z.string().optional() }).optional() });
const region = z.object({
  quotas: z.array(z.object({ metric: z.string(), limit: z.number(), usage: z.number() })).default([]),
});
const policy = z.object({
  bindings: z.array(z.object({ role: z.string(), members: z.array(z.string()).default([]) })).default([]),
});
const set = { CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };
const NO_PROJECT = '(no project)';

/** Google Cloud: quotas of a region, roles that the project's policy binds to the account itself. */
export const google: Cloud = {
  calls: {
    google: { run: ['gcloud', 'auth', 'list', '--format=json'], set },
    'google-project': { run: ['gcloud', 'config', 'list', '--format=json'], set },
    'google-quotas': {
      run: ['gcloud', 'compute', 'regions', 'describe', '{region}', '--project={project}', '--format=json'],
      set,
    },
    'google-rights': { run: ['gcloud', 'projects', 'get-iam-policy', '{project}', '--format=json'], set },
  },
  async identity({ ask }) {
    const answer = await ask('google', accounts);
    if (isRefusal(answer)) return answer;
    const active = answer.value.find(({ status }) => status === 'ACTIVE');
    if (active === undefined) return { outcome: 'denied', reason: 'gcloud: nobody is logged in' };
    const settings = await ask('google-project', config);
    const project = isRefusal(settings) ? undefined : settings.value.core?.project;
    return { account: project ?? NO_PROJECT, principal: active.account };
  },
  async limits(id, { account: project, principal }, { ask, found, settings }) {
    if (project === NO_PROJECT) {
      const none = { outcome: 'not-probed', reason: 'gcloud is set to no project' } as const;
      found({ id: `${id}/quotas`, kind: 'quota', ...none });
      return found({ id: `${id}/rights`, kind: 'right', ...none });
    }
    const quotas = async (name: string) => {
      const at = { id: `${id}/${factId('quotas', name)}`, kind: 'quota' } as const;
      const answer = await ask('google-quotas', region, { values: { project, region: name } });
      if (isRefusal(answer)) return found({ ...at, ...answer });
      const offers = answer.value.quotas.map((one) => usage(one.metric, one.usage, one.limit));
      found({ ...at, outcome: 'present', offers });
    };
    const rights = async () => {
      const at = { id: `${id}/rights`, kind: 'right' } as const;
      const answer = await ask('google-rights', policy, { values: { project } });
      if (isRefusal(answer)) return found({ ...at, ...answer });
      // Who else has rights here is nobody's business.
      const own = new Set([`user:${principal}`, `serviceAccount:${principal}`]);
      const offers = answer.value.bindings.flatMap(({ role, members }) =>
        members.some((one) => own.has(one)) ? role : [],
      );
      const groups = 'roles of groups and of what lies above the project are not told';
      if (offers.length === 0)
        return found({ ...at, outcome: 'absent', reason: `no role is bound to it itself: ${groups}` });
      found({ ...at, outcome: 'present', offers, reason: groups });
    };
    await Promise.all([
      forEach(
        { id: `${id}/quotas`, kind: 'quota' },
        'google.regions',
        settings.clouds.google.regions,
        { found },
        quotas,
      ),
      rights(),
    ]);
  },
};

import { join } from 'node:path';
import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { readRemote } from '../forge/remote.ts';
import { type Call, defineProbe, isRefusal } from './probe.ts';

const repository = z.object({
  default_branch: z.string(),
  archived: z.boolean().optional(),
  permissions: z.record(z.string(), z.boolean()).optional(),
});
const branch = z.object({ protected: z.boolean() });
const environments = z.object({
  environments: z.array(
    z.object({ name: z.string(), protection_rules: z.array(z.object({ type: z.string() })).nullish() }),
  ),
});

const gh = (path: string, ...more: string[]): Call => ({
  run: ['gh', 'api', '--hostname={host}', ...more, path],
  set: { GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1' },
});

/** The repository on GitHub that the project's remote names, through gh and its log-in. */
export const github = defineProbe({
  name: 'github',
  answers: 'rights on the repository, protection of the default branch, environments with required reviewers',
  needs: 'gh with a log-in, and a remote on GitHub',
  strips: 'everything but names and rights',
  env: ['GH_TOKEN', 'GITHUB_TOKEN', 'GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN', 'GH_CONFIG_DIR'],
  calls: {
    repository: gh('repos/{path}'),
    branch: gh('repos/{path}/branches/{branch}'),
    environments: gh('repos/{path}/environments?per_page=100'),
  },
  targets({ root, read }) {
    const config = read(join(root, '.git', 'config')) ?? '';
    const urls = [...config.matchAll(/^[ \t]*url[ \t]*=[ \t]*(\S+)[ \t\r]*$/gm)].map((match) => readRemote(match[1]!));
    const remote = urls.find((one) => one !== undefined);
    if (remote === undefined) return { outcome: 'not-probed', reason: 'the project has no remote on a git host' };
    if (/(?:^|[.-])gitlab(?:[.-]|$)/.test(remote.host))
      return { outcome: 'not-probed', reason: 'the remote is on GitLab: probes.systems with kind gitlab asks it' };
    return [{ id: factId('github', ...remote.path.split('/')), values: { host: remote.host, path: remote.path } }];
  },
  async look({ id }, { ask, found, secret }) {
    for (const name of github.env ?? []) if (name.endsWith('TOKEN')) secret(name);
    const about = await ask('repository', repository);
    if (isRefusal(about)) return found({ id, kind: 'system', ...about });
    const { default_branch: main, archived = false, permissions = {} } = about.value;
    found({
      id,
      kind: 'system',
      outcome: 'present',
      health: archived ? 'stopped' : 'running',
      ...(archived ? { reason: 'it is archived' } : {}),
    });
    const rights = Object.keys(permissions).filter((name) => permissions[name]);
    found({ id: `${id}/rights`, kind: 'right', outcome: rights.length > 0 ? 'present' : 'absent', offers: rights });
    const [guarded, places] = await Promise.all([
      ask('branch', branch, { values: { branch: encodeURIComponent(main) } }),
      ask('environments', environments),
    ]);
    const at = { id: `${id}/${factId('protection', main)}`, kind: 'right' } as const;
    if (isRefusal(guarded)) found({ ...at, ...guarded });
    else if (guarded.value.protected) found({ ...at, outcome: 'present' });
    else found({ ...at, outcome: 'absent', reason: 'the default branch is not protected' });
    if (isRefusal(places)) return found({ id: `${id}/environments`, kind: 'resource', ...places });
    for (const { name, protection_rules: rules } of places.value.environments)
      found({
        id: `${id}/${factId('environment', name)}`,
        kind: 'resource',
        outcome: 'present',
        offers: (rules ?? []).map(({ type }) => type),
      });
  },
});

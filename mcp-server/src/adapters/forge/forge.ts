import type { Forge } from '../../app/ports/forge.ts';
import { environmentFault } from '../../domain/fault.ts';
import type { Project } from '../work-tree.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { type Remote, remoteOf } from './remote.ts';

/**
 * The forge that this repository's remote is on: GitLab where its name or CI says so, else GitHub.
 *
 * @throws Fault `no-forge`
 */
export async function forgeOf(project: Project, env: NodeJS.ProcessEnv): Promise<Forge> {
  const remote = await remoteOf(project, env);
  if (remote === undefined)
    throw environmentFault({
      code: 'no-forge',
      message: 'this repository has no remote on a git host',
      expected: 'a remote origin on GitHub or GitLab',
      next: 'git remote add origin URL',
    });
  return isGitLab(remote, env) ? gitlab(env, remote) : github(project, env, remote);
}

function isGitLab({ host }: Remote, env: NodeJS.ProcessEnv): boolean {
  const named = [env['CI_SERVER_HOST'], env['GITLAB_HOST']?.replace(/^https?:\/\//, '')];
  return /(?:^|[.-])gitlab(?:[.-]|$)/.test(host) || named.includes(host.replace(/:\d+$/, '')) || named.includes(host);
}

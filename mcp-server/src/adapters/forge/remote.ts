import { run } from '../run.ts';
import type { Project } from '../work-tree.ts';

/** Where a repository is hosted. */
export interface Remote {
  host: string;
  /** `owner/name`, on GitLab with all groups. */
  path: string;
}

/**
 * Host and path of a remote's URL, in every form that git takes; undefined for local paths.
 *
 * Forms: gitprotocol-common(5), "GIT URLS" of git-clone(1).
 */
export function readRemote(url: string): Remote | undefined {
  const scp = /^(?:[^@/]+@)?([\w.-]+):(?!\/)(.+)$/.exec(url);
  const full = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([\w.-]+)(:\d+)?\/(.+)$/.exec(url);
  const ported = full?.[2] !== undefined && /^https?:/.test(url);
  const host = full === null ? scp?.[1] : `${full[1]}${ported ? full[2] : ''}`;
  const path = (full?.[3] ?? scp?.[2])?.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (host === undefined || path === undefined || !path.includes('/')) return undefined;
  return { host: host.toLowerCase(), path };
}

/** The remote that this repository is pushed to: `origin`, else the only one. */
export async function remoteName(project: Project, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const listed = await run('git', ['remote'], { cwd: project.root, env });
  const names = (listed?.out ?? '').split('\n').filter(Boolean);
  if (names.includes('origin')) return 'origin';
  return names.length === 1 ? names[0] : undefined;
}

/** Its URL as configured: `git remote get-url` would show what insteadOf makes of it. */
export async function remoteOf(project: Project, env: NodeJS.ProcessEnv): Promise<Remote | undefined> {
  const name = await remoteName(project, env);
  if (name === undefined) return undefined;
  const url = await run('git', ['config', '--get', `remote.${name}.url`], { cwd: project.root, env });
  return readRemote(url?.out.trim() ?? '');
}

import * as z from 'zod';
import type { Forge, ForgeReview } from '../../app/ports/forge.ts';
import { environmentFault } from '../../domain/fault.ts';
import { readAnswer } from './github.ts';
import { latestByAccount } from './latest.ts';
import { noneWhereMissing, refusal } from './refusal.ts';
import type { Remote } from './remote.ts';

/** What is read of GitLab's REST API, version 4. */
const mergeSchema = z.object({
  source_branch: z.string(),
  sha: z.string(),
  source_project_id: z.int().nullable(),
  target_project_id: z.int(),
});
const approvalsSchema = z.object({
  approved_by: z.array(z.object({ user: z.object({ username: z.string() }), approved_at: z.string().optional() })),
});
const noteSchema = z.object({
  system: z.boolean(),
  body: z.string(),
  created_at: z.string(),
  author: z.object({ username: z.string() }),
});
const versionSchema = z.object({ head_commit_sha: z.string(), created_at: z.string() });

const PAGE = 100;
const MAX_PAGES = 100;
const TIMEOUT_MS = 30_000;

/**
 * GitLab over HTTPS: the token of GITLAB_TOKEN, the address that CI gives (CI_API_V4_URL) or that of the remote. An
 * approval names no commit there; it is of the version that was the newest when it was given.
 */
export function gitlab(env: NodeJS.ProcessEnv, { host, path }: Remote): Forge {
  const base = env['CI_API_V4_URL'] || `https://${host}/api/v4`;
  const project = `projects/${encodeURIComponent(path)}`;
  const name = `${host}/${path}`;
  const login = 'set GITLAB_TOKEN to a token that may read this project (scope read_api)';
  async function get<T>(schema: z.ZodType<T>, endpoint: string): Promise<T> {
    const token = env['GITLAB_TOKEN'];
    const headers = token === undefined ? {} : { 'PRIVATE-TOKEN': token };
    let response: Response;
    let text: string;
    try {
      // A redirect could carry the token elsewhere.
      response = await fetch(`${base}/${endpoint}`, {
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      text = await response.text();
    } catch (cause) {
      throw environmentFault({ code: 'forge-unreachable', message: `${name} cannot be asked`, cause, next: login });
    }
    if (!response.ok) throw refusal(name, response.status, endpoint, login);
    return readAnswer(schema, text, name, endpoint);
  }
  async function all<T>(schema: z.ZodType<T>, endpoint: string): Promise<T[]> {
    const found: T[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const some = await get(z.array(schema), `${endpoint}?per_page=${PAGE}&page=${page}`);
      found.push(...some);
      if (some.length < PAGE) break;
    }
    return found;
  }
  return {
    name,
    async pullRequest(number) {
      const merge = await get(mergeSchema, `${project}/merge_requests/${number}`);
      const fork = merge.source_project_id !== merge.target_project_id;
      return { number, branch: merge.source_branch, commit: merge.sha, fork };
    },
    async pullRequestsOf(commit) {
      const endpoint = `${project}/repository/commits/${commit}/merge_requests`;
      const merges = await get(z.array(z.object({ iid: z.int() })), endpoint).catch(noneWhereMissing);
      return merges.map((merge) => merge.iid);
    },
    async reviews(number) {
      const at = `${project}/merge_requests/${number}`;
      const { approved_by: approvals } = await get(approvalsSchema, `${at}/approvals`);
      if (approvals.length === 0) return [];
      const versions = await all(versionSchema, `${at}/versions`);
      const dated = approvals.every((one) => one.approved_at !== undefined);
      const notes = dated ? [] : await all(noteSchema, `${at}/notes`);
      return latestByAccount(
        approvals.flatMap(({ user, approved_at }): ForgeReview[] => {
          const given = approved_at ?? approvedAt(notes, user.username);
          const commit = given === undefined ? undefined : commitAt(versions, given);
          if (given === undefined || commit === undefined) return [];
          return [{ account: user.username, verdict: 'approved', commit, at: given }];
        }),
      );
    },
    async isProtected(branch) {
      try {
        await get(z.object({}), `${project}/protected_branches/${encodeURIComponent(branch)}`);
        return true;
      } catch (error) {
        return (error as { code?: string }).code === 'forge-not-found' ? false : undefined;
      }
    },
  };
}

/** When an account approved last, from the notes that GitLab itself writes. */
function approvedAt(notes: readonly z.infer<typeof noteSchema>[], username: string): string | undefined {
  return notes
    .filter((note) => note.system && note.body === 'approved this merge request' && note.author.username === username)
    .map((note) => note.created_at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}

/** The head of the newest version at a time. */
function commitAt(versions: readonly z.infer<typeof versionSchema>[], at: string): string | undefined {
  return versions
    .filter((version) => Date.parse(version.created_at) <= Date.parse(at))
    .sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at))
    .at(-1)?.head_commit_sha;
}

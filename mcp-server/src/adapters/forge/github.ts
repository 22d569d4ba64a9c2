import * as z from 'zod';
import type { Forge, ForgeReview } from '../../app/ports/forge.ts';
import { environmentFault } from '../../domain/fault.ts';
import { run } from '../run.ts';
import type { Project } from '../work-tree.ts';
import { latestByAccount } from './latest.ts';
import { noneWhereMissing, refusal } from './refusal.ts';
import type { Remote } from './remote.ts';

/** What is read of GitHub's REST API, version 2022-11-28. */
const pullSchema = z.object({
  number: z.int(),
  head: z.object({ ref: z.string(), sha: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
  base: z.object({ repo: z.object({ full_name: z.string() }) }),
});
const reviewSchema = z.object({
  user: z.object({ login: z.string() }).nullable(),
  state: z.string(),
  commit_id: z.string().nullable(),
  submitted_at: z.string().optional(),
});
const branchSchema = z.object({ protected: z.boolean() });

const VERDICTS: Record<string, ForgeReview['verdict']> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
};

const PAGE = 100;
/** GitHub shows no more than this many reviews of a pull request. */
const MAX_PAGES = 100;

/** GitHub and GitHub Enterprise through `gh api`, which has the person's login. */
export function github(project: Project, env: NodeJS.ProcessEnv, { host, path }: Remote): Forge {
  const name = `${host}/${path}`;
  const login = `gh auth login --hostname ${host}, with an account that may see ${path}`;
  async function get<T>(schema: z.ZodType<T>, endpoint: string): Promise<T> {
    const args = ['api', '--hostname', host, '-H', 'X-GitHub-Api-Version: 2022-11-28', endpoint];
    const ran = await run('gh', args, { cwd: project.root, env: { ...env, GH_PROMPT_DISABLED: '1', NO_COLOR: '1' } });
    if (ran === undefined)
      throw environmentFault({
        code: 'no-gh',
        message: 'gh is not installed',
        expected: "GitHub's command line program",
        next: 'install it (https://cli.github.com), then gh auth login',
      });
    if (ran.exit !== 0) {
      const status = /\(HTTP (\d{3})\)/.exec(ran.err)?.[1];
      if (status !== undefined) throw refusal(name, Number(status), endpoint, login);
      const said = ran.err.trim().split('\n')[0] ?? '';
      throw environmentFault({ code: 'forge-unreachable', message: `${name} cannot be asked: ${said}`, next: login });
    }
    return readAnswer(schema, ran.out, name, endpoint);
  }
  return {
    name,
    async pullRequest(number) {
      const { head, base } = await get(pullSchema, `repos/${path}/pulls/${number}`);
      const fork = head.repo?.full_name !== base.repo.full_name;
      return { number, branch: head.ref, commit: head.sha, fork };
    },
    async pullRequestsOf(commit) {
      const endpoint = `repos/${path}/commits/${commit}/pulls?per_page=${PAGE}`;
      const pulls = await get(z.array(z.object({ number: z.int() })), endpoint).catch(noneWhereMissing);
      return pulls.map((pull) => pull.number);
    },
    async reviews(number) {
      const all: z.infer<typeof reviewSchema>[] = [];
      for (let page = 1; page <= MAX_PAGES; page++) {
        const query = `per_page=${PAGE}&page=${page}`;
        const some = await get(z.array(reviewSchema), `repos/${path}/pulls/${number}/reviews?${query}`);
        all.push(...some);
        if (some.length < PAGE) break;
      }
      return latestByAccount(
        all.flatMap(({ user, state, commit_id: commit, submitted_at: at = '' }): ForgeReview[] => {
          const verdict = VERDICTS[state];
          return verdict === undefined || user === null
            ? []
            : [{ account: user.login, verdict, commit: commit ?? '', at }];
        }),
      );
    },
    async isProtected(branch) {
      try {
        return (await get(branchSchema, `repos/${path}/branches/${encodeURIComponent(branch)}`)).protected;
      } catch {
        return undefined;
      }
    },
  };
}

/** @throws Fault `forge-error` when the answer is not what the interface promises */
export function readAnswer<T>(schema: z.ZodType<T>, text: string, forge: string, asked: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw environmentFault({ code: 'forge-error', message: `${forge} gave an answer that cannot be read (${asked})` });
}

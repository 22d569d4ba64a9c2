import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Project, project } from '../helpers/project.ts';

const FAKE = fileURLToPath(new URL('fake-forge.mjs', import.meta.url));

/** Whether the real gh is here; its tests need nothing else of GitHub. */
export const hasGh = spawnSync('gh', ['--version']).status === 0;

/** A review as GitHub lists it. */
export const review = (login: string, state: string, commit: string, minute: number) => ({
  user: { login },
  state,
  commit_id: commit,
  submitted_at: new Date(Date.UTC(2026, 9, 1, 9, minute)).toISOString(),
});

export type GitHubReview = ReturnType<typeof review>;

/** A project whose remote is on a git host that answers from `state`. */
export interface Forged {
  work: Project;
  /** Environment in which the host can be asked. */
  env: Record<string, string>;
  /** What the host says from now on. */
  says(state: object): void;
  /** Commits everything and pushes the branch; the commit. */
  push(branch?: string): string;
}

/**
 * @param url of the remote; git itself is led to a bare repository beside the project
 * @param options of the host: the environment to reach it, by its port
 */
export async function forged(url: string, reach: (port: string) => Record<string, string>): Promise<Forged> {
  const work = project();
  const state = join(dirname(work.root), 'forge.json');
  const bare = join(dirname(work.root), 'remote.git');
  work.git('init', '--quiet', '--bare', bare);
  appendFileSync(join(work.home, '.gitconfig'), `[url "file://${bare}"]\n\tinsteadOf = ${url}\n`);
  work.git('remote', 'add', 'origin', url);
  writeFileSync(state, '{"token":""}');
  const host = spawn(process.execPath, [FAKE, state], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void host.kill());
  const port = await new Promise<string>((resolve) =>
    host.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  return {
    work,
    env: reach(port),
    says: (now) => writeFileSync(state, JSON.stringify({ token: 'secret-token', ...now })),
    push(branch = 'main') {
      work.git('add', '--all');
      work.git('commit', '--quiet', '--allow-empty', '-m', 'work');
      work.git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
      return work.git('rev-parse', 'HEAD').trim();
    },
  };
}

/** On GitHub: the real gh, over plain HTTP because its host is called github.localhost. */
export const onGitHub = () =>
  forged('https://github.localhost/acme/net.git', (port) => ({
    GH_TOKEN: 'secret-token',
    HTTP_PROXY: `http://127.0.0.1:${port}`,
  }));

export const onGitLab = () =>
  forged('git@gitlab.example.org:acme/infra/net.git', (port) => ({
    GITLAB_TOKEN: 'secret-token',
    CI_API_V4_URL: `http://127.0.0.1:${port}/api/v4`,
  }));

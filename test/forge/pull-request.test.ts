import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { submit } from '../../mcp-server/src/app/submit.ts';
import { addSigner } from '../../mcp-server/src/app/trust.ts';
import { makeKey } from '../helpers/openssh.ts';
import { program } from '../helpers/project.ts';
import { atTerminal, type Step } from '../helpers/terminal.ts';
import { PASSPHRASE, SIGNED } from '../helpers/workshop.ts';
import { ID, portsOf, reach } from '../helpers/zone-file.ts';
import { type Forged, hasGh, onGitHub, onGitLab } from './forge.ts';

const AGENT = { kind: 'agent', name: 'test', via: 'mcp' } as const;
const DIGEST: Step = ['type its digest ([0-9a-f]{12})', '{0}'];

/** A branch with requirements that wait for a decision; the person's work tree is on main, without them. */
async function proposed(start: () => Promise<Forged>): Promise<{ forge: Forged; commit: string }> {
  const forge = await start();
  const { work } = forge;
  work.write('README.md', 'main');
  forge.push('main');
  work.git('checkout', '--quiet', '-b', 'change');
  await reach(work, 'created');
  expect(submit(portsOf(work), ID, 'requirements', AGENT).blocks).toEqual([]);
  const commit = forge.push('change');
  work.git('checkout', '--quiet', 'main');
  return { forge, commit };
}

const pull = (commit: string, more: object = {}) => ({
  github: { repository: 'acme/net', pulls: { 7: { branch: 'change', commit, reviews: [], ...more } } },
});

function types({ work, env }: Forged, args: string[], steps: readonly Step[]) {
  return atTerminal([process.execPath, program('cli'), ...args], {
    cwd: work.root,
    env: { ...work.env, ...env, TERM: 'dumb' },
    steps,
    seconds: 40,
  });
}

const approve = (forge: Forged, steps: readonly Step[] = [DIGEST], ...more: string[]) =>
  types(forge, ['approve', ID, 'requirements', '--pr', '7', ...more], steps);

/** The remote's branch, as it is now. */
function remote({ work }: Forged) {
  work.git('fetch', '--quiet', 'origin', 'change');
  const lines = (text: string) => text.split('\n').filter(Boolean);
  return {
    commit: work.git('rev-parse', 'FETCH_HEAD').trim(),
    parent: work.git('rev-parse', 'FETCH_HEAD^').trim(),
    author: work.git('log', '-1', '--format=%an <%ae>', 'FETCH_HEAD').trim(),
    changed: lines(work.git('diff', '--name-status', 'FETCH_HEAD^', 'FETCH_HEAD')),
    file: (path: string) => work.git('show', `FETCH_HEAD:${path}`),
  };
}

const worktrees = ({ work }: Forged) => work.git('worktree', 'list').trim().split('\n').length;

describe.skipIf(!hasGh)('approve --pr on GitHub, asked for with the real gh', () => {
  it('shows the branch, pushes one event with the drawn history, and leaves the work tree alone', async () => {
    const { forge, commit } = await proposed(onGitHub);
    forge.says(pull(commit));
    forge.work.write('notes.txt', 'mine, uncommitted');
    const { screen, exit } = approve(forge);
    expect(screen).toContain(`Pull request 7 of github.localhost/acme/net: change at ${commit.slice(0, 12)}`);
    expect(screen).toMatch(/dismisses reviews on new commits/);
    expect(screen).toContain('### REQ-1: Records follow the list');
    expect(screen).toMatch(/Approved stage:requirements .* level recorded.*Pushed to change\./s);
    expect(exit).toBe(0);
    const { parent, author, changed, file } = remote(forge);
    expect(parent).toBe(commit);
    expect(author).toBe('Ada Tester <ada@example.org>');
    expect(changed.map((line) => line.replace(/[0-9a-f]{64}/, 'HASH'))).toEqual([
      `M\tdeliveries/${ID}/history.md`,
      `A\tdeliveries/${ID}/ledger/HASH.json`,
    ]);
    const event = JSON.parse(file(/deliveries\/\S+\.json/.exec(changed.join('\n'))![0]));
    expect(event).toMatchObject({ type: 'decided', actor: { via: 'terminal' }, body: { level: 'recorded' } });
    expect(forge.work.read('notes.txt')).toBe('mine, uncommitted');
    expect(forge.work.git('status', '--porcelain')).toBe('?? notes.txt\n');
    expect(worktrees(forge)).toBe(1);
  });

  it('signs with the signers that were accepted here, whatever the branch says', async () => {
    const { forge, commit } = await proposed(onGitHub);
    forge.says(pull(commit));
    const folder = join(forge.work.home, '.ssh');
    mkdirSync(folder, { mode: 0o700 });
    const key = join(folder, 'id_countersign');
    makeKey(folder, 'id_countersign', 'ed25519', undefined, PASSPHRASE);
    const before = approve(forge, SIGNED, '--key', key);
    expect(before.screen).toContain('this signature would not count');
    expect(remote(forge).commit).toBe(commit);
    addSigner(
      portsOf(forge.work),
      'ada@example.org',
      readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' '),
    );
    const after = approve(forge, SIGNED, '--key', key);
    expect(after.screen).toMatch(/level signed/);
    expect(remote(forge).parent).toBe(commit);
  });

  it('pushes a rejection with its reason', async () => {
    const { forge, commit } = await proposed(onGitHub);
    forge.says(pull(commit));
    const args = ['reject', ID, 'requirements', '--pr', '7', '--reason', 'REQ-1 has no limit'];
    expect(types(forge, args, [DIGEST]).exit).toBe(0);
    expect(remote(forge).file(`deliveries/${ID}/history.md`)).toContain('"REQ-1 has no limit"');
  });

  it('pushes nothing when something else than the digest is typed', async () => {
    const { forge, commit } = await proposed(onGitHub);
    forge.says(pull(commit));
    const { exit, screen } = approve(forge, [['type its digest', 'yes']]);
    expect(exit).toBe(1);
    expect(screen).toContain('Nothing was decided.');
    expect(remote(forge).commit).toBe(commit);
    expect(worktrees(forge)).toBe(1);
  });

  it('decides nothing when the branch is not what the host said, comes from a fork, or is unknown', async () => {
    const { forge, commit } = await proposed(onGitHub);
    forge.says(pull('a'.repeat(40)));
    expect(approve(forge).screen).toContain('change moved while it was fetched');
    forge.says(pull(commit, { from: 'mallory/net' }));
    expect(approve(forge).screen).toContain('comes from a fork');
    forge.says(pull(commit, { branch: '--upload-pack=touch pwned' }));
    expect(approve(forge).screen).toContain('cannot be fetched');
    forge.says({ github: { repository: 'acme/net', pulls: {} } });
    expect(approve(forge)).toMatchObject({ exit: 4, screen: expect.stringContaining('has nothing there') });
    expect(remote(forge).commit).toBe(commit);
  });

  it('runs no hook that the branch brings', async () => {
    const { forge } = await proposed(onGitHub);
    const { work } = forge;
    work.git('checkout', '--quiet', 'change');
    for (const hook of ['post-checkout', 'pre-commit', 'pre-push']) {
      work.write(`.hooks/${hook}`, `#!/bin/sh\necho ${hook} >> "${join(work.home, 'pwned')}"\n`);
      chmodSync(work.path('.hooks', hook), 0o755);
    }
    const commit = forge.push('change');
    work.git('checkout', '--quiet', 'main');
    work.git('config', 'core.hooksPath', '.hooks');
    forge.says(pull(commit));
    expect(approve(forge).exit).toBe(0);
    expect(readdirSync(work.home)).not.toContain('pwned');
  });

  it('says so when the push is refused, and the decision counts for nothing', async () => {
    const { forge, commit } = await proposed(onGitHub);
    forge.says(pull(commit));
    const hooks = join(dirname(forge.work.root), 'remote.git', 'hooks', 'pre-receive');
    forge.work.write('../remote.git/hooks/pre-receive', '#!/bin/sh\necho protected >&2\nexit 1\n');
    chmodSync(hooks, 0o755);
    const { exit, screen } = approve(forge);
    expect(exit).toBe(4);
    expect(screen).toContain('git push failed');
    expect(screen).toContain('counts for nothing');
    expect(remote(forge).commit).toBe(commit);
    expect(worktrees(forge)).toBe(1);
  });

  it('[R-APPROVAL-7] is none without a terminal, or in the shell of an agent', async () => {
    const { forge, commit } = await proposed(onGitHub);
    forge.says(pull(commit));
    const args = ['approve', ID, 'requirements', '--pr', '7'];
    expect(forge.work.cliWith(forge.env, ...args).exit).toBe(4);
    const agent = { ...forge, env: { ...forge.env, CLAUDECODE: '1' } };
    expect(types(agent, args, [DIGEST]).exit).toBe(2);
    expect(remote(forge).commit).toBe(commit);
  });
});

describe('approve --pr on GitLab', () => {
  it('pushes to the source branch of the merge request', async () => {
    const { forge, commit } = await proposed(onGitLab);
    forge.says({ gitlab: { project: 'acme/infra/net', merges: { 7: { branch: 'change', commit } } } });
    expect(approve(forge).screen).toContain('Pull request 7 of gitlab.example.org/acme/infra/net');
    expect(remote(forge).parent).toBe(commit);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decide } from '../../mcp-server/src/app/decide.ts';
import { submit } from '../../mcp-server/src/app/submit.ts';
import { digestOf, ID, portsOf, reach } from '../helpers/zone-file.ts';
import { type Forged, type GitHubReview, hasGh, onGitHub, onGitLab, review } from './forge.ts';

const AGENT = { kind: 'agent', name: 'test', email: 'ada@example.org', via: 'mcp' } as const;
const POLICY = `countersign: policy/1
gates:
  default: { level: hosted }
accounts:
  grace@example.org: Grace-H
  ada@example.org: ada
`;

interface Gate {
  about: string;
  state: string;
  levels: string[];
}

/** Requirements wait for a decision; the branch is pushed. */
async function waiting(forge: Forged, policy = POLICY): Promise<string> {
  await reach(forge.work, 'created');
  forge.work.write('countersign.yaml', policy);
  expect(submit(portsOf(forge.work), ID, 'requirements', AGENT).blocks).toEqual([]);
  return forge.push();
}

function verify(forge: Forged, ...args: string[]) {
  const { exit, out } = forge.work.cliWith(forge.env, 'verify', '--hosted', '--json', ...args);
  const answer = JSON.parse(out);
  return {
    exit,
    error: answer.error as { code: string; message: string } | undefined,
    findings: (answer.findings ?? []) as { rule: string; message: string }[],
    first: answer.deliveries?.[0]?.gates[0] as Gate | undefined,
    gates: (answer.deliveries?.[0]?.gates ?? []) as Gate[],
  };
}

const github = (reviews: GitHubReview[], more: object = {}) => ({
  github: { repository: 'acme/net', pulls: { 7: { branch: 'main', commit: '0'.repeat(40), reviews } }, ...more },
});

describe.skipIf(!hasGh)('a review on GitHub, asked for with the real gh', () => {
  it('[R-APPROVAL-11] counts as hosted for the submission whose bytes are those of the reviewed commit, and is not stored', async () => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    forge.says(github([review('grace-h', 'APPROVED', commit, 1)]));
    const before = readdirSync(forge.work.path('deliveries', ID, 'ledger'));
    expect(verify(forge, '--pr', '7', '--require', 'hosted')).toMatchObject({
      exit: 0,
      first: { about: 'stage:requirements', state: 'open', levels: ['hosted'] },
    });
    expect(readdirSync(forge.work.path('deliveries', ID, 'ledger'))).toEqual(before);
    const stored = JSON.parse(forge.work.cli('verify', '--json').out).deliveries[0].gates[0];
    expect(stored).toMatchObject({ state: 'blocked', levels: [] });
  });

  it('counts on while other things are committed, and no more when the bytes move', async () => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    forge.says(github([review('grace-h', 'APPROVED', commit, 1)]));
    forge.work.write('README.md', 'unrelated');
    forge.push();
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'open' });
    const ports = portsOf(forge.work);
    ports.deliveries.writeArtifact(ID, 'requirements.md', `${ports.deliveries.artifact(ID, 'requirements.md')}\nx\n`);
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'stale' });
    submit(ports, ID, 'requirements', AGENT);
    forge.push();
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'blocked', levels: [] });
  });

  it.each<[string, (commit: string) => GitHubReview[], string]>([
    ['dismissed', (commit) => [review('grace-h', 'DISMISSED', commit, 1)], 'blocked'],
    [
      'followed by a request for changes',
      (commit) => [review('grace-h', 'APPROVED', commit, 1), review('Grace-H', 'CHANGES_REQUESTED', commit, 2)],
      'blocked',
    ],
    [
      'given after a request for changes',
      (commit) => [review('grace-h', 'CHANGES_REQUESTED', commit, 1), review('grace-h', 'APPROVED', commit, 2)],
      'open',
    ],
    [
      'followed by a mere comment',
      (commit) => [review('grace-h', 'APPROVED', commit, 1), review('grace-h', 'COMMENTED', commit, 2)],
      'open',
    ],
    ['by an account without a person', (commit) => [review('mallory', 'APPROVED', commit, 1)], 'blocked'],
    ['of another commit', () => [review('grace-h', 'APPROVED', 'f'.repeat(40), 1)], 'blocked'],
    ['of something that is no commit', () => [review('grace-h', 'APPROVED', '--upload-pack=x', 1)], 'blocked'],
  ])('that is %s', async (_, reviews, state) => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    forge.says(github(reviews(commit)));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state });
  });

  it('is found on the third page of reviews', async () => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    const talk = Array.from({ length: 230 }, (_, at) => review(`bot-${at}`, 'COMMENTED', commit, at));
    forge.says(github([...talk, review('grace-h', 'APPROVED', commit, 300)]));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'open' });
  });

  it('of an account that policy gives to nobody, or of a commit that is not here, is said', async () => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    forge.says(github([review('mallory', 'APPROVED', commit, 1), review('grace-h', 'APPROVED', 'f'.repeat(40), 1)]));
    const { findings } = verify(forge, '--pr', '7');
    expect(findings.filter((one) => one.rule === 'hosted-review').map((one) => one.message)).toEqual([
      'account "mallory" approved, and policy says not whose it is: it counts for nothing',
      'commit ffffffffffff was approved and is not here',
    ]);
  });

  it('does not cover what was submitted after it, even with the same bytes', async () => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    const ports = portsOf(forge.work);
    const approver = { name: 'Grace', email: 'grace@example.org' };
    const digest = digestOf(forge.work, 'requirements');
    decide(ports, { decision: 'reject', digest, comment: 'no', approver, via: 'terminal' });
    submit(ports, ID, 'requirements', AGENT);
    forge.push();
    forge.says(github([review('grace-h', 'APPROVED', commit, 1)]));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'blocked' });
  });

  it('is contested by a rejection that did not know of it', async () => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    const approver = { name: 'Grace', email: 'grace@example.org' };
    const digest = digestOf(forge.work, 'requirements');
    decide(portsOf(forge.work), { decision: 'reject', digest, comment: 'no', approver, via: 'terminal' });
    forge.push();
    forge.says(github([review('ada', 'APPROVED', commit, 1)]));
    const { first, exit } = verify(forge, '--pr', '7');
    expect(first).toMatchObject({ state: 'blocked' });
    expect(exit).toBe(1);
  });

  it('[R-RULE-9] of the author counts for nothing where policy asks for another person', async () => {
    const forge = await onGitHub();
    const policy = POLICY.replace('{ level: hosted }', '{ level: hosted, separation: true }');
    const commit = await waiting(forge, policy);
    forge.says(github([review('ada', 'APPROVED', commit, 1)]));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'blocked' });
    forge.says(github([review('ada', 'APPROVED', commit, 1), review('grace-h', 'APPROVED', commit, 2)]));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'open', levels: ['hosted'] });
  });

  it('is found by the commit that brought the submission, when it was merged long ago', async () => {
    const forge = await onGitHub();
    const commit = await waiting(forge);
    const state = github([review('grace-h', 'APPROVED', commit, 1)], { commits: { [commit]: [7] } });
    forge.says(state);
    forge.work.write('README.md', 'later');
    forge.push();
    expect(verify(forge).first).toMatchObject({ state: 'open' });
    expect(verify({ ...forge, env: { ...forge.env, GITHUB_REF: 'refs/pull/7/merge' } }).first?.state).toBe('open');
    forge.says(github([review('grace-h', 'APPROVED', commit, 1)]));
    expect(verify(forge).first).toMatchObject({ state: 'blocked' });
  });

  it('covers Build when the commit has every file of the manifest', async () => {
    const forge = await onGitHub();
    await reach(forge.work, 'build');
    const files = ['zone/hosts.json', 'zone/generate.mjs'].map((path) => [path, forge.work.read(path)] as const);
    forge.work.write(files[0]![0], '[]');
    const without = forge.push();
    for (const [path, text] of files) forge.work.write(path, text);
    const commit = forge.push();
    forge.work.write('countersign.yaml', POLICY.replace('default', 'build'));
    const build = (reviewed: string) => {
      forge.says(github([review('grace-h', 'APPROVED', reviewed, 1)]));
      return verify(forge, '--pr', '7').gates.find((gate) => gate.about === 'stage:build');
    };
    expect(build(commit)).toMatchObject({ state: 'open', levels: ['hosted'] });
    expect(build(without)).toMatchObject({ state: 'blocked' });
  });

  it('takes whose account it is from the trusted ref, not from the change', async () => {
    const forge = await onGitHub();
    forge.work.write('countersign.yaml', POLICY);
    forge.push();
    forge.work.git('checkout', '--quiet', '-b', 'change');
    const commit = await waiting(forge, POLICY.replace('Grace-H', 'mallory'));
    forge.says(github([review('mallory', 'APPROVED', commit, 1)]));
    expect(verify(forge, '--pr', '7', '--trust-from', 'main').first).toMatchObject({ state: 'blocked' });
  });

  it.each([
    [401, 'forge-login'],
    [403, 'forge-forbidden'],
    [404, 'forge-not-found'],
    [429, 'forge-rate-limit'],
    [502, 'forge-error'],
  ])('that cannot be asked for (%s) is an error of the environment, never a pass', async (status, code) => {
    const forge = await onGitHub();
    await waiting(forge);
    forge.says({ ...github([]), failing: { '/repos/acme/net/pulls/7/reviews': status } });
    const { exit, error } = verify(forge, '--pr', '7');
    expect(exit).toBe(4);
    expect(error?.code).toBe(code);
    expect(error?.message).not.toContain('secret-token');
  });

  it('needs gh, a remote and a number', async () => {
    const forge = await onGitHub();
    await waiting(forge);
    const bin = join(forge.work.home, 'bin');
    mkdirSync(bin);
    symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(bin, 'git'));
    const without = { ...forge, env: { ...forge.env, PATH: bin } };
    expect(verify(without, '--pr', '7').error?.code).toBe('no-gh');
    expect(verify(forge, '--pr', '7; rm').error?.code).toBe('bad-number');
    forge.work.git('remote', 'remove', 'origin');
    expect(verify(forge, '--pr', '7').error?.code).toBe('no-forge');
  });
});

describe('an approval on GitLab', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 9, minute)).toISOString();
  const gitlab = (merge: object, more: object = {}) => ({
    gitlab: {
      project: 'acme/infra/net',
      merges: { 7: { branch: 'main', commit: '0'.repeat(40), approved_by: [], versions: [], notes: [], ...merge } },
      ...more,
    },
  });
  const approval = (username: string, given?: number) => ({
    user: { username },
    ...(given === undefined ? {} : { approved_at: at(given) }),
  });

  it('is of the version that was the newest when it was given', async () => {
    const forge = await onGitLab();
    const commit = await waiting(forge);
    const other = 'e'.repeat(40);
    const versions = [
      { head_commit_sha: other, created_at: at(1) },
      { head_commit_sha: commit, created_at: at(5) },
    ];
    forge.says(gitlab({ versions, approved_by: [approval('grace-h', 6)] }));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'open', levels: ['hosted'] });
    forge.says(gitlab({ versions, approved_by: [approval('grace-h', 3)] }));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'blocked' });
    forge.says(gitlab({ versions }));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'blocked' });
  });

  it('of a GitLab that gives no times is dated by the note that it writes itself', async () => {
    const forge = await onGitLab();
    const commit = await waiting(forge);
    const versions = [{ head_commit_sha: commit, created_at: at(5) }];
    const note = (system: boolean, minute: number, username = 'grace-h') => ({
      system,
      body: 'approved this merge request',
      created_at: at(minute),
      author: { username },
    });
    const talk = Array.from({ length: 150 }, (_, minute) => note(false, minute));
    forge.says(gitlab({ versions, approved_by: [approval('grace-h')], notes: [...talk, note(true, 6)] }));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'open' });
    // What people write is no record of an approval.
    forge.says(gitlab({ versions, approved_by: [approval('grace-h')], notes: talk }));
    expect(verify(forge, '--pr', '7').first).toMatchObject({ state: 'blocked' });
  });

  it('that cannot be asked for is an error of the environment', async () => {
    const forge = await onGitLab();
    await waiting(forge);
    forge.says(gitlab({}));
    const wrong = { ...forge, env: { ...forge.env, GITLAB_TOKEN: 'wrong' } };
    expect(verify(wrong, '--pr', '7')).toMatchObject({ exit: 4, error: { code: 'forge-login' } });
    expect(verify(forge, '--pr', '8')).toMatchObject({ exit: 4, error: { code: 'forge-not-found' } });
  });
});

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addSigner } from '../mcp-server/src/app/trust.ts';
import type { DoctorLine } from '../mcp-server/src/domain/doctor/line.ts';
import { type Project, project } from './helpers/project.ts';
import { portsOf, reach } from './helpers/zone-file.ts';

interface Report {
  exit: number | null;
  lines: DoctorLine[];
  reachable: string | null;
  said: string;
}

const examine = (work: Project, env: Record<string, string> = {}): Report => {
  const { exit, out } = work.cliWith(env, 'doctor', '--json');
  return { exit, ...JSON.parse(out) };
};
const lineOf = (report: Report, probe: string) => report.lines.find((one) => one.probe === probe)!;
const put = (path: string, text: string, mode = 0o644) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
};

/** A key of the person's, named in the policy and accepted on this machine. */
function signing(work: Project, passphrase: string): string {
  const key = join(work.home, '.ssh', 'id_countersign');
  mkdirSync(dirname(key), { recursive: true });
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', key], { env: work.env });
  expect(made.status).toBe(0);
  work.write('countersign.yaml', 'countersign: policy/1\nsigning:\n  key: ~/.ssh/id_countersign\n');
  const publicKey = readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  addSigner(portsOf(work), 'ada@example.org', publicKey);
  return key;
}

describe('doctor', () => {
  it('says of a bare machine that recorded is all there is, and how to improve each thing', () => {
    const report = examine(project());
    expect(report.exit).toBe(0);
    expect(report.reachable).toBe('recorded');
    expect(report.said).toContain('can honestly reach is recorded');
    expect(Object.fromEntries(report.lines.map((one) => [one.probe, one.state]))).toEqual({
      node: 'good',
      git: 'good',
      identity: 'good',
      'git-folder': 'good',
      'file-system': 'good',
      'state-folder': 'good',
      client: 'unknown',
      plugin: 'warning',
      'answering-hooks': 'good',
      hooks: 'good',
      'guard-index': 'good',
      openssh: 'good',
      'signing-key': 'warning',
      pins: 'warning',
      accounts: 'warning',
      ci: 'warning',
      'branch-protection': 'unknown',
    });
    for (const one of report.lines) {
      expect(one.means).not.toBe('');
      if (one.state === 'warning' || one.state === 'bad') expect(one.improve).not.toBe('');
    }
  });

  it('says in text the same as in JSON, with the verdict at the end', () => {
    const { exit, out } = project().cli('doctor');
    expect(exit).toBe(0);
    expect(out).toContain('improve countersign init --signed');
    expect(out.trimEnd().split('\n').at(-1)).toBe(
      'The highest assurance that decisions here can honestly reach is recorded.',
    );
  });

  it('reaches signed with a key that has a passphrase and signers that were accepted here', () => {
    const work = project();
    signing(work, 'long enough');
    const report = examine(work);
    expect(lineOf(report, 'signing-key')).toMatchObject({
      state: 'good',
      found: expect.stringContaining('passphrase'),
    });
    expect(lineOf(report, 'pins').state).toBe('good');
    expect(report.reachable).toBe('signed');
  });

  it('does not reach signed with a key that every program can use', () => {
    const work = project();
    const key = signing(work, '');
    expect(examine(work).reachable).toBe('recorded');
    expect(lineOf(examine(work), 'signing-key').found).toContain('has no passphrase');

    const agent = spawnSync('ssh-agent', ['-s'], { env: work.env, encoding: 'utf8' }).stdout;
    const [socket, pid] = [/SSH_AUTH_SOCK=([^;]+)/.exec(agent)![1]!, /SSH_AGENT_PID=(\d+)/.exec(agent)![1]!];
    try {
      const env = { ...work.env, SSH_AUTH_SOCK: socket };
      expect(spawnSync('ssh-add', ['-q', key], { env }).status).toBe(0);
      const held = examine(work, { SSH_AUTH_SOCK: socket });
      expect(lineOf(held, 'signing-key').found).toBe(`ssh-agent holds ${key}`);
      expect(held.reachable).toBe('recorded');
    } finally {
      process.kill(Number(pid));
    }
  });

  it('notices signers that nobody accepted on this machine, or that changed since', () => {
    const work = project();
    signing(work, 'long enough');
    work.write('deliveries/allowed_signers', `${work.read('deliveries/allowed_signers')}mallory ssh-ed25519 AAAA\n`);
    expect(lineOf(examine(work), 'pins').found).toContain('is not what was accepted');
    const elsewhere = { XDG_CONFIG_HOME: join(work.home, 'other') };
    expect(lineOf(examine(work, elsewhere), 'pins').found).toContain('were not accepted on this machine');
    expect(examine(work, elsewhere).reachable).toBe('recorded');
  });

  it('needs CI with --trust-from for external, and does not take a comment for a call', () => {
    const work = project();
    signing(work, 'long enough');
    const workflow = (run: string) => `on: pull_request\njobs:\n  check:\n    steps:\n      ${run}\n`;
    const put = (run: string) => work.write('.github/workflows/check.yml', workflow(run));
    put('# - run: countersign verify --trust-from origin/main');
    expect(lineOf(examine(work), 'ci').found).toBe('no CI workflow calls verify');
    put('- run: countersign verify');
    expect(lineOf(examine(work), 'ci').found).toContain('without --trust-from');
    put('- run: node vendor/cli.mjs verify --trust-from "origin/$BASE"');
    expect(lineOf(examine(work), 'ci').state).toBe('good');
    // Nobody looked at the branch protection: an unknown is no promise.
    expect(examine(work).reachable).toBe('signed');
  });

  it('names the settings whose hooks could answer for a person, or are switched off', () => {
    const work = project();
    const hook = { hooks: { Elicitation: [{ hooks: [{ type: 'command', command: 'yes' }] }] } };
    work.write('.claude/settings.local.json', JSON.stringify(hook));
    const plugin = join(work.home, '.claude/plugins/cache/market/other/1.0.0/hooks/hooks.json');
    put(plugin, JSON.stringify({ hooks: { PermissionRequest: [{ hooks: [] }] } }));
    put(join(work.home, '.claude/settings.json'), JSON.stringify({ disableAllHooks: true }));
    const report = examine(work);
    const { state, found } = lineOf(report, 'answering-hooks');
    expect(state).toBe('warning');
    expect(found).toContain(`Elicitation in ${work.path('.claude/settings.local.json')}`);
    expect(found).toContain(`PermissionRequest in ${plugin}`);
    expect(lineOf(report, 'hooks').state).toBe('bad');
    expect(report.exit).toBe(1);
  });

  it('is not put off by settings that are no JSON or have another shape', () => {
    const work = project();
    work.write('.claude/settings.json', '{ not json');
    work.write('.claude/settings.local.json', '"text"');
    put(join(work.home, '.claude/settings.json'), '{"hooks":{"Elicitation":7},"enabledPlugins":null}');
    put(join(work.home, '.claude/plugins/installed_plugins.json'), '[]');
    work.write('countersign.yaml', 'countersign: policy/9\n');
    const report = examine(work);
    expect(lineOf(report, 'answering-hooks').state).toBe('good');
    expect(lineOf(report, 'plugin').state).toBe('warning');
  });

  it('tells an installed plugin from one that is enabled here', () => {
    const work = project();
    const plugins = join(work.home, '.claude/plugins/installed_plugins.json');
    put(plugins, JSON.stringify({ version: 2, plugins: { 'countersign@countersign': [{ scope: 'user' }] } }));
    put(join(work.home, '.claude/settings.json'), '{"enabledPlugins":{"countersign@countersign":true}}');
    expect(lineOf(examine(work), 'plugin').state).toBe('good');
    work.write('.claude/settings.local.json', '{"enabledPlugins":{"countersign@countersign":false}}');
    expect(lineOf(examine(work), 'plugin').found).toContain('not enabled here');
  });

  it.each([
    ['2.1.330', 'good', 'it asks before a dialog is opened'],
    ['2.1.197', 'warning', 'it does not ask before a dialog is opened'],
  ])('says what client %s supports', (version, state, means) => {
    const work = project();
    put(join(work.home, 'bin', 'claude'), `#!/bin/sh\necho '${version} (Claude Code)'\n`, 0o755);
    const report = examine(work, { PATH: `${join(work.home, 'bin')}:${work.env['PATH']}` });
    expect(lineOf(report, 'client')).toMatchObject({ state, means: expect.stringContaining(means) });
  });

  it('says that nobody can decide where git knows no person', () => {
    const work = project();
    writeFileSync(join(work.home, '.gitconfig'), '');
    const report = examine(work);
    expect(report.reachable).toBeNull();
    expect(report.said).toBe('No decision can be recorded here as things are.');
    expect(report.exit).toBe(1);
  });

  it('knows whether the guard has its index', async () => {
    const work = project();
    await reach(work, 'created');
    expect(lineOf(examine(work), 'guard-index').state).toBe('good');
    writeFileSync(work.path('.git', 'countersign', 'guard.json'), '');
    expect(lineOf(examine(work), 'guard-index').state).toBe('warning');
  });
});

import { describe, expect, it } from 'vitest';
import { type Project, project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';

const POLICY = 'countersign: policy/1\n';

/** A repository with a policy at its root, and a team's folder with one of its own. */
function monorepo(): Project {
  const work = project();
  work.write('countersign.yaml', POLICY);
  work.write('teams/dns/countersign.yaml', `${POLICY}track: strict\n`);
  work.write('teams/dns/zones/hosts.json', '{}\n');
  work.write('teams/web/site.conf', 'x\n');
  work.git('add', '-A');
  work.git('commit', '--quiet', '-m', 'Two teams');
  return work;
}

const inFolder = (work: Project, folder: string, ...args: string[]) =>
  work.cliWith({ CLAUDE_PROJECT_DIR: work.path(folder) }, ...args);

/** The deliveries that a folder's project has, with their tracks. */
function tracks(work: Project, folder: string): Record<string, string> {
  const { deliveries } = JSON.parse(inFolder(work, folder, 'status', '--json').out) as {
    deliveries: { delivery: string; track: string }[];
  };
  return Object.fromEntries(deliveries.map(({ delivery, track }) => [delivery, track]));
}

describe('in a monorepo', () => {
  it('[R-MONO-1] the nearest policy upwards decides whose delivery it is, from any folder below it', () => {
    const work = monorepo();
    expect(inFolder(work, 'teams/dns/zones', 'new', 'zones').exit).toBe(0);
    expect(inFolder(work, 'teams/web', 'new', 'site').exit).toBe(0);
    expect(work.read('teams/dns/deliveries/zones/requirements.md')).toContain('zones');
    expect(tracks(work, 'teams/dns')).toEqual({ zones: 'strict' });
    expect(tracks(work, 'teams/web')).toEqual({ site: 'standard' });
    expect(tracks(work, '.')).toEqual({ site: 'standard' });
  });

  it('[R-MONO-1] the MCP server works in the folder that the client was started in', async () => {
    const work = monorepo();
    const { call } = await connect(work, { CLAUDE_PROJECT_DIR: work.path('teams/dns/zones') });
    expect((await call('delivery_new', { id: 'zones', title: 'Zones' })).error).toBeUndefined();
    expect(tracks(work, 'teams/dns')).toEqual({ zones: 'strict' });
  });

  it('[R-MONO-2] verify compares a project with a ref by its own paths alone', () => {
    const work = monorepo();
    inFolder(work, 'teams/dns', 'new', 'zones');
    inFolder(work, 'teams/web', 'new', 'site');
    work.git('add', '-A');
    work.git('commit', '--quiet', '-m', 'Deliveries');
    work.write('teams/dns/countersign.yaml', `${POLICY}track: light\n`);
    const lowered = inFolder(work, 'teams/dns', 'verify', '--trust-from', 'HEAD');
    expect(lowered.out).toContain('policy-changed');
    expect(lowered.exit).toBe(1);
    const other = inFolder(work, '.', 'verify', '--trust-from', 'HEAD');
    expect(other.out).not.toContain('policy-changed');
    work.git('checkout', 'teams/dns');
    work.git('rm', '-r', '--quiet', 'teams/dns/deliveries');
    const gone = inFolder(work, 'teams/dns', 'verify', '--trust-from', 'HEAD');
    expect(gone.out).toMatch(/deleted-delivery/);
  });
});

describe('the guard in a monorepo', () => {
  const write = (work: Project, path: string, session = 's') =>
    work.hook('pre-tool-use', {
      session_id: session,
      cwd: work.root,
      tool_name: 'Write',
      tool_input: { file_path: work.path(path), content: 'x' },
    })?.hookSpecificOutput?.permissionDecisionReason;

  it('[R-MONO-3] protects the record of a project below the folder that the client was started in', () => {
    const work = monorepo();
    inFolder(work, 'teams/dns', 'new', 'zones');
    expect(write(work, 'teams/dns/deliveries/zones/ledger/x.json')).toContain('part of the record');
    expect(write(work, 'teams/dns/deliveries/allowed_signers')).toContain('part of the record');
    expect(write(work, 'teams/web/site.conf')).toBeUndefined();
  });

  it('[R-MONO-3] no policy further down takes anything away from those above', () => {
    const work = monorepo();
    work.write('countersign.yaml', `${POLICY}guard:\n  people: [teams/**/secrets/*]\n`);
    work.write('teams/dns/countersign.yaml', `${POLICY}guard:\n  mode: off\n`);
    expect(write(work, 'teams/dns/secrets/key')).toContain('only a person writes');
    expect(write(work, 'teams/web/countersign.yaml')).toContain('a person edits it');
    expect(write(work, 'teams/dns/zones/hosts.json')).toBeUndefined();
  });

  it('[R-MONO-3] holds a session on a delivery of the whole to it, also where a folder has its own policy', () => {
    const work = monorepo();
    inFolder(work, '.', 'new', 'site');
    work.hook('pre-tool-use', {
      session_id: 'bound',
      cwd: work.root,
      tool_name: 'mcp__plugin_countersign_countersign__submit',
      tool_input: { delivery: 'site' },
    });
    expect(write(work, 'teams/web/site.conf', 'bound')).toContain('Build of site is not open');
    expect(write(work, 'teams/dns/zones/hosts.json', 'bound')).toContain('Build of site is not open');
  });
});

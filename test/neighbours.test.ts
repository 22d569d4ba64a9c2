import { describe, expect, it } from 'vitest';
import { decide } from '../mcp-server/src/app/decide.ts';
import { submit } from '../mcp-server/src/app/submit.ts';
import { DESIGN, REQUIREMENTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from './helpers/project.ts';
import { ID, portsOf, reach } from './helpers/zone-file.ts';

const AGENT = { kind: 'agent', name: 'test', via: 'mcp' } as const;
const ADA = { name: 'Ada Tester', email: 'ada@example.org' };

const dependsOn = (ids: string) => REQUIREMENTS.replace(/^owner:/m, `depends-on: [${ids}]\nowner:`);

function commit(work: Project): void {
  work.git('add', '-A');
  work.git('commit', '--quiet', '-m', 'As it is');
}

/** A person's decision on a subject that stands alone. */
function decideOn(work: Project, digest: string, decision: 'approve' | 'revoke'): void {
  const input = { comment: 'no longer used', approver: ADA, via: 'typed-command', level: 'recorded' } as const;
  decide(portsOf(work), { ...input, decision, digest });
}

describe('a delivery that depends on others', () => {
  it('[R-TEAM-1] gets its Build decided when theirs are', async () => {
    const work = project();
    await expect(reach(work, 'build', { requirements: dependsOn('ipam, nowhere') })).rejects.toThrow(
      'build: it depends on ipam, which is not a delivery here; it depends on nowhere, which is not a delivery here',
    );
    await reach(work, 'design', { id: 'ipam' });
    expect(submit(portsOf(work), ID, 'build', AGENT).blocks).toEqual([
      'it depends on ipam, whose Build is blocked',
      'it depends on nowhere, which is not a delivery here',
    ]);
    expect(work.cli('verify').out).toContain('depends on nowhere, which is not a delivery here');
  });
});

describe('verify --affected', () => {
  const looked = (work: Project) =>
    (
      JSON.parse(work.cli('verify', '--affected', 'HEAD', '--json').out) as { deliveries: { delivery: string }[] }
    ).deliveries.map(({ delivery }) => delivery);

  it('[R-TEAM-2] looks at deliveries by their record, their paths, and what they depend on', async () => {
    const work = project();
    await reach(work, 'created', { id: 'ipam', design: DESIGN.replaceAll('zone/', 'ipam/') });
    await reach(work, 'created', {
      id: 'vlan',
      requirements: dependsOn('ipam'),
      design: DESIGN.replaceAll('zone/', 'vlan/'),
    });
    await reach(work, 'created', { id: 'web', design: DESIGN.replaceAll('zone/', 'web/') });
    commit(work);
    expect(looked(work)).toEqual([]);
    work.write('web/generate.mjs', 'x');
    expect(looked(work)).toEqual(['web']);
    work.write('deliveries/ipam/requirements.md', `${work.read('deliveries/ipam/requirements.md')}\nMore.\n`);
    expect(looked(work)).toEqual(['ipam', 'vlan', 'web']);
    expect(work.cli('verify', '--affected', 'HEAD').out).toContain('Verified 3 deliveries');
    work.git('stash', '--quiet', '--include-untracked');
    work.write('countersign.yaml', 'countersign: policy/1\n');
    expect(looked(work)).toEqual(['ipam', 'vlan', 'web']);
  });

  it('[R-TEAM-2] does not let a deleted delivery go unseen, and refuses a ref that is none', async () => {
    const work = project();
    await reach(work, 'created');
    commit(work);
    work.git('rm', '-r', '--quiet', `deliveries/${ID}`);
    const { exit, out } = work.cli('verify', '--affected', 'HEAD', '--trust-from', 'HEAD');
    expect(out).toContain('deleted-delivery');
    expect(exit).toBe(3);
    expect(work.cli('verify', '--affected', 'no-such-ref')).toMatchObject({ exit: 2 });
  });
});

describe('a retired delivery', () => {
  it('[R-TEAM-3] is ended by a decision, keeps its record, owns nothing, and can come back', async () => {
    const work = project();
    await reach(work, 'as-built');
    commit(work);
    const asked = JSON.parse(work.cli('retire', ID, '--json').out) as { digest: string; about: string };
    expect(asked.about).toBe('retire:delivery');
    work.write('zone/generate.mjs', 'gone\n');
    expect(work.cli('verify')).toMatchObject({ exit: 1 });

    decideOn(work, asked.digest, 'approve');
    expect(work.cli('verify')).toMatchObject({ exit: 0 });
    expect(work.cli('status', ID).out).toContain(
      `${ID} is retired; countersign revoke ${ID} retire:delivery brings it back`,
    );
    expect(submit(portsOf(work), ID, 'as-built', AGENT).blocks[0]).toContain('is retired');
    expect(work.cli('tasks', ID)).toMatchObject({ exit: 1 });
    const write = work.hook('pre-tool-use', {
      tool_name: 'Write',
      tool_input: { file_path: work.path('zone/generate.mjs'), content: 'x' },
    });
    expect(write).toBeUndefined();

    decideOn(work, asked.digest, 'revoke');
    expect(work.cli('verify')).toMatchObject({ exit: 1 });
    expect(work.cli('status', ID).out).not.toContain('is retired');
  });

  it('[R-TEAM-3] is still one where somebody changed an event: its record is verified', async () => {
    const work = project();
    await reach(work, 'requirements');
    const { digest } = JSON.parse(work.cli('retire', ID, '--json').out) as { digest: string };
    decideOn(work, digest, 'approve');
    const [first] = work.events(ID);
    const path = `deliveries/${ID}/ledger/${first!.name}`;
    work.write(path, work.read(path).replace('Zone', 'Bone'));
    expect(work.cli('verify')).toMatchObject({ exit: 3 });
  });
});

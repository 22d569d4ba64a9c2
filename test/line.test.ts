import { describe, expect, it } from 'vitest';
import {
  DESIGN,
  feasibility,
  GENERATOR,
  GENERATOR_FIRST,
  HOSTS,
  REQUIREMENTS,
} from '../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from './helpers/project.ts';
import { connect, type Session } from './helpers/session.ts';
import { digestOf, gates, ID, reach } from './helpers/zone-file.ts';

const short = (digest: unknown) => String(digest).slice(0, 12);

/** Submits through the tool and approves by typing; both have to go through. */
async function open(session: Session, work: Project, stage: string): Promise<void> {
  const submitted = await session.call('submit', { delivery: ID, stage });
  expect(submitted.blocks).toEqual([]);
  expect(gates(work)[stage]).toBe('blocked');
  expect(work.types(short(submitted.data['digest']))).toContain(`Approved stage:${stage} of ${ID}`);
  expect(gates(work)[stage]).toBe('open');
}

describe('a delivery on track standard, through MCP tools and typed decisions', () => {
  it('is refused before each gate and goes on after it', async () => {
    const work = project();
    const mcp = await connect(work);
    const submit = (stage: string) => mcp.call('submit', { delivery: ID, stage });
    const check = (id: string) => mcp.call('run_check', { delivery: ID, check: id });

    expect((await mcp.call('delivery_new', { id: ID, title: 'Zone file' })).data['delivery']).toBe(ID);
    expect((await submit('requirements')).blocks.join()).toMatch(/requirements\.md:\d+: /);
    await mcp.put(ID, 'requirements', REQUIREMENTS);
    await mcp.put(ID, 'design', DESIGN);
    expect((await submit('design')).blocks).toEqual(['Requirements is blocked: not submitted for approval']);
    expect((await submit('feasibility')).blocks).toEqual(['Requirements is blocked: not submitted for approval']);
    await open(mcp, work, 'requirements');

    expect((await submit('feasibility')).blocks).toEqual(['feasibility.md is not there']);
    const probed = await mcp.call('probe', { delivery: ID, tools: ['node', 'git'] });
    await mcp.put(
      ID,
      'feasibility',
      feasibility(String(probed.data['platform'])).replace('tool/git', 'tool/terraform'),
    );
    expect((await submit('feasibility')).blocks.join()).toContain('terraform');
    await mcp.put(ID, 'feasibility', feasibility(String(probed.data['platform'])));
    expect((await submit('design')).blocks).toEqual(['Feasibility is blocked: not submitted for approval']);
    await open(mcp, work, 'feasibility');

    expect((await mcp.call('tasks', { delivery: ID })).blocks).toEqual(['not submitted for approval']);
    expect((await mcp.call('tasks', { delivery: ID, start: 'TSK-1.1' })).blocks).not.toEqual([]);
    expect((await check('CHK-1')).blocks).toEqual(['Design is not approved as it is now']);
    await open(mcp, work, 'design');

    expect((await mcp.call('tasks', { delivery: ID, start: 'TSK-2.1' })).blocks).toEqual(['CMP-1 is not verified']);
    expect((await check('CHK-2')).blocks).toEqual(['CMP-1 is not verified']);
    expect((await mcp.call('tasks', { delivery: ID, start: 'TSK-1.1' })).said).toContain('Started TSK-1.1');
    work.write('zone/hosts.json', HOSTS);
    expect((await check('CHK-1')).said).toBe('CHK-1 passed.');
    await mcp.call('tasks', { delivery: ID, start: 'TSK-2.1' });
    work.write('zone/generate.mjs', GENERATOR_FIRST);
    expect((await check('CHK-2')).said).toBe('CHK-2 passed.');
    expect((await check('CHK-3')).blocks).toEqual(['expected exit 1, got 0', 'stderr does not contain "alpha"']);
    expect((await submit('build')).blocks).toContain('CHK-3 failed in its last run');
    work.write('zone/generate.mjs', GENERATOR);
    expect((await check('CHK-3')).said).toBe('CHK-3 passed.');
    expect((await submit('build')).blocks).toContain('CHK-2 ran on something that has changed since: run it again');
    await check('CHK-2');
    expect((await mcp.call('as_built', { delivery: ID })).blocks).toEqual(['not submitted for approval']);
    await open(mcp, work, 'build');

    expect((await submit('as-built')).blocks).toEqual(['as-built.md is not there']);
    await mcp.call('as_built', { delivery: ID });
    await open(mcp, work, 'as-built');
    expect((await mcp.call('delivery_status', { delivery: ID })).next).toContain('the delivery is finished');
    expect(work.cli('verify')).toMatchObject({ exit: 0, err: '' });
  });

  it('shows a computed fact that was edited in as-built.md as what blocks its submission', async () => {
    const work = project();
    await reach(work, 'build');
    const mcp = await connect(work);
    await mcp.call('as_built', { delivery: ID });
    await mcp.put(ID, 'as-built', work.read(`deliveries/${ID}/as-built.md`).replace('passed', 'brilliant'));
    expect((await mcp.call('submit', { delivery: ID, stage: 'as-built' })).blocks).toEqual([
      'as-built.md, Verification: it is not what the ledger says; generate it again',
    ]);
  });

  it('covers a deviation by the Build decision', async () => {
    const work = project();
    await reach(work, 'build');
    const mcp = await connect(work);
    const deviation = {
      delivery: ID,
      component: 'CMP-2',
      designed: 'plain',
      delivered: 'with a header',
      reason: 'asked for',
    };
    expect((await mcp.call('deviation', deviation)).data['id']).toBe('DEV-1');
    expect(gates(work)['build']).toBe('stale');
    expect((await mcp.call('deviation', { ...deviation, component: 'CMP-9' })).error).toContain('no component "CMP-9"');
  });
});

describe('tracks', () => {
  it('light: one decision over what was agreed and one over what was built', async () => {
    const work = project();
    work.write('countersign.yaml', 'countersign: policy/1\ntrack: light\n');
    const mcp = await connect(work);
    await mcp.call('delivery_new', { id: ID, title: 'Zone file' });
    await mcp.put(ID, 'requirements', REQUIREMENTS);
    await mcp.put(ID, 'design', DESIGN);
    expect((await mcp.call('submit', { delivery: ID, stage: 'requirements' })).blocks).toEqual([
      'feasibility.md is not there',
    ]);
    const { data } = await mcp.call('probe', { delivery: ID, tools: ['node', 'git'] });
    await mcp.put(ID, 'feasibility', feasibility(String(data['platform'])));
    expect(gates(work)).toEqual({ design: 'blocked', 'as-built': 'blocked' });
    await open(mcp, work, 'design');
    work.write('zone/hosts.json', HOSTS);
    work.write('zone/generate.mjs', GENERATOR);
    expect((await mcp.call('as_built', { delivery: ID })).blocks).toContain('CHK-1 was not run');
    for (const id of ['CHK-1', 'CHK-2', 'CHK-3']) await mcp.call('run_check', { delivery: ID, check: id });
    await mcp.call('as_built', { delivery: ID });
    await open(mcp, work, 'as-built');
    expect(gates(work)).toEqual({ design: 'open', 'as-built': 'open' });
    expect(work.cli('verify').exit).toBe(0);
  });

  it('strict: a recorded approval does not open the gate, and says what would', async () => {
    const work = project();
    await reach(work, 'created', { requirements: REQUIREMENTS.replace('risk: low', 'risk: low\ntrack: strict') });
    const mcp = await connect(work);
    const { data } = await mcp.call('submit', { delivery: ID, stage: 'requirements' });
    const said = work.types(short(data['digest']));
    expect(said).toContain('The gate is still blocked');
    expect(said).toContain('below the level signed does not count');
    expect(gates(work)['requirements']).toBe('blocked');
  });

  it('a delivery that was submitted as strict is not made laxer by an edit', async () => {
    const work = project();
    const strict = REQUIREMENTS.replace('risk: low', 'risk: low\ntrack: strict');
    await reach(work, 'created', { requirements: strict });
    const mcp = await connect(work);
    await mcp.call('submit', { delivery: ID, stage: 'requirements' });
    await mcp.put(ID, 'requirements', REQUIREMENTS);
    const { data } = await mcp.call('submit', { delivery: ID, stage: 'requirements' });
    expect(work.types(short(data['digest']))).toContain('still blocked');
  });
});

describe('writing artifacts', () => {
  it('refuses a lost update and keeps what the other wrote', async () => {
    const work = project();
    await reach(work, 'created');
    const [one, two] = [await connect(work), await connect(work)];
    const { data } = await one.call('artifact_read', { delivery: ID, artifact: 'requirements.md' });
    const write = { delivery: ID, artifact: 'requirements.md', base: data['base'] };
    expect(
      (await two.call('artifact_write', { ...write, section: 'Goal', text: '## Goal\n\nTheirs.\n' })).error,
    ).toBeUndefined();
    const lost = await one.call('artifact_write', { ...write, section: 'Goal', text: '## Goal\n\nMine.\n' });
    expect(lost.error).toContain('is not what you read');
    expect(lost.error).toContain('next: read it again');
    expect(work.read(`deliveries/${ID}/requirements.md`)).toContain('Theirs.');
    expect((await one.call('artifact_write', { ...write, base: 'new', text: 'x' })).error).toContain(
      'is not what you read',
    );
  });

  it('changes one section and no other byte, also with Windows line ends and without a last one', async () => {
    const work = project();
    await reach(work, 'created');
    const before = REQUIREMENTS.replaceAll('\n', '\r\n').trimEnd();
    work.write(`deliveries/${ID}/requirements.md`, before);
    const mcp = await connect(work);
    const { data } = await mcp.call('artifact_read', { delivery: ID, artifact: 'requirements', section: 'Goal' });
    await mcp.call('artifact_write', {
      delivery: ID,
      artifact: 'requirements',
      base: data['base'],
      section: 'Goal',
      text: data['text'],
    });
    expect(work.read(`deliveries/${ID}/requirements.md`)).toBe(before);
  });

  it('refuses to write what is drawn', async () => {
    const work = project();
    await reach(work, 'design');
    const mcp = await connect(work);
    const { data } = await mcp.call('artifact_read', { delivery: ID, artifact: 'tasks.md' });
    const refused = await mcp.call('artifact_write', {
      delivery: ID,
      artifact: 'tasks.md',
      base: data['base'],
      text: 'x',
    });
    expect(refused.error).toContain('tasks.md is drawn');
  });
});

describe('rounds and decisions', () => {
  it('gives the same digest for the same bytes in an open round, and records nothing again', async () => {
    const work = project();
    await reach(work, 'created');
    const mcp = await connect(work);
    const first = await mcp.call('submit', { delivery: ID, stage: 'requirements' });
    const count = work.events(ID).length;
    expect((await mcp.call('submit', { delivery: ID, stage: 'requirements' })).data['digest']).toBe(
      first.data['digest'],
    );
    expect(work.events(ID)).toHaveLength(count);
    expect(work.types(short(first.data['digest']))).toContain('Approved');
    expect(work.types(short(first.data['digest']))).toContain('this person has already decided so');
    expect((await mcp.call('submit', { delivery: ID, stage: 'requirements' })).data['digest']).toBe(
      first.data['digest'],
    );
  });

  it('opens a new round with a new digest after a rejection, which keeps its reason', async () => {
    const work = project();
    await reach(work, 'created');
    const mcp = await connect(work);
    const first = await mcp.call('submit', { delivery: ID, stage: 'requirements' });
    expect(work.types(`reject ${short(first.data['digest'])} say who owns the list`)).toContain('Rejected');
    expect((await mcp.call('delivery_status', { delivery: ID })).next).toContain('/spec');
    const again = await mcp.call('submit', { delivery: ID, stage: 'requirements' });
    expect(again.data).toMatchObject({ round: 2 });
    expect(again.data['digest']).not.toBe(first.data['digest']);
    expect(work.types(short(first.data['digest']))).toContain('that round is closed');
    expect(work.types(short(again.data['digest']))).toContain('The gate is open');
    expect(work.read(`deliveries/${ID}/history.md`)).toContain('say who owns the list');
  });

  it('closes the gate and everything downstream on a revocation; the same content approved again opens both', async () => {
    const work = project();
    await reach(work, 'design');
    const mcp = await connect(work);
    expect(work.types(`revoke ${short(digestOf(work, 'requirements'))} the owner left`)).toContain('Revoked');
    expect(gates(work)).toMatchObject({ requirements: 'blocked', feasibility: 'blocked', design: 'blocked' });
    expect((await mcp.call('run_check', { delivery: ID, check: 'CHK-1' })).blocks).toEqual([
      'Design is not approved as it is now',
    ]);
    const { data } = await mcp.call('submit', { delivery: ID, stage: 'requirements' });
    expect(work.types(short(data['digest']))).toContain('Approved');
    expect(gates(work)).toMatchObject({ requirements: 'open', feasibility: 'open', design: 'open' });
  });

  it('makes an edited artifact and what rests on it stale, and bringing the bytes back opens them again', async () => {
    const work = project();
    await reach(work, 'design');
    const path = `deliveries/${ID}/requirements.md`;
    const mcp = await connect(work);
    const edited = await mcp.put(ID, 'requirements', REQUIREMENTS.replace('500', '600'));
    expect(edited.said).toContain('What was approved no longer is: Requirements, Feasibility, Design');
    expect(gates(work)).toMatchObject({ requirements: 'stale', feasibility: 'stale', design: 'stale' });
    const verified = work.cli('verify');
    expect(verified.exit).toBe(1);
    expect(verified.out).toContain('requirements.md changed since it was approved');
    work.write(path, REQUIREMENTS.replaceAll('\n', '\r\n'));
    expect(gates(work)).toMatchObject({ requirements: 'open', feasibility: 'open', design: 'open' });
    expect(work.cli('verify').exit).toBe(0);
  });

  it('calls edits after as-built drift, which fails verify and leaves the gates open', async () => {
    const work = project();
    await reach(work, 'as-built');
    expect(work.cli('verify').exit).toBe(0);
    work.write('zone/generate.mjs', `${GENERATOR}// later\n`);
    const verified = work.json('verify') as unknown as { exit: number; findings: { rule: string; path: string }[] };
    expect(verified.exit).toBe(1);
    expect(verified.findings.map((one) => [one.rule, one.path])).toEqual([['drift', 'zone/generate.mjs']]);
    expect(new Set(Object.values(gates(work)))).toEqual(new Set(['open']));
  });
});

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeAsBuilt } from '../../mcp-server/src/app/as-built.ts';
import { decide } from '../../mcp-server/src/app/decide.ts';
import { judgeDelivery } from '../../mcp-server/src/app/delivery-status.ts';
import { authorizeDeploy } from '../../mcp-server/src/app/deploy/authorize.ts';
import { recordDeploy } from '../../mcp-server/src/app/deploy/record.ts';
import { rollbackDeploy } from '../../mcp-server/src/app/deploy/rollback.ts';
import { deployStatus } from '../../mcp-server/src/app/deploy/status.ts';
import { runCheck } from '../../mcp-server/src/app/run-check.ts';
import { submit } from '../../mcp-server/src/app/submit.ts';
import { DESIGN } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { ACTOR, bench } from '../helpers/deploy-bench.ts';
import { commandSite, deployable, type Settings, writePolicy } from '../helpers/deployable.ts';
import { type Project, program } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { ID } from '../helpers/zone-file.ts';

const VALUES = (work: Project, settings: Settings) => commandSite(work, 'staging', settings);
const sites = (work: Project, staging: Settings, environment: Settings = {}) =>
  writePolicy(work, { staging: { ...environment, deploy: VALUES(work, staging) } });

describe('an apply is refused', () => {
  it('[R-DEPLOY-1] when anything that the plan rests on moved since it was approved', async () => {
    const work = await deployable();
    const { approved, apply } = bench(work);
    const moves: [() => void, string][] = [
      [() => work.write('ops/staging.yaml', 'site: elsewhere\n'), 'the files of values'],
      [() => work.write('ops/new-file', ''), 'the files that the tool reads'],
      [() => sites(work, { wait: 1 }), "the environment's settings"],
      [() => work.write(`../home/staging/hosts.json`, 'x'), 'what would change'],
    ];
    for (const [move, named] of moves) {
      await approved('staging');
      move();
      const { blocks, data } = await apply('staging');
      expect(blocks.join()).toContain(named);
      expect(data.outcome).toBeNull();
    }
    expect(existsSync(`${work.home}/staging/values.yaml`)).toBe(false);
  });

  it('[R-DEPLOY-2] after one decision was used, rejected or revoked', async () => {
    const { approved, apply, decided, plan } = bench(await deployable());
    const first = await approved('staging');
    decided(first.data.digest, 'revoke');
    expect((await apply('staging')).blocks).toEqual([expect.stringContaining('it is revoked')]);
    const again = await plan('staging');
    expect(again.data.digest).not.toBe(first.data.digest);
    decided(again.data.digest, 'reject');
    expect((await apply('staging')).blocks).toEqual([expect.stringContaining('it is rejected')]);
    await approved('staging');
    expect((await apply('staging')).data.outcome).toBe('verified');
    expect((await apply('staging')).blocks).toHaveLength(1);
  });

  it('[R-DEPLOY-3] while the environment that comes first is not verified with the same build', async () => {
    const work = await deployable({ staging: { checks: [{ name: 'never', run: ['false'] }] } });
    const { approved, apply, deployed } = bench(work);
    await approved('prod');
    expect((await apply('prod')).blocks).toEqual(['staging comes first, and nothing was deployed there']);
    expect(await deployed('staging')).toMatchObject({
      data: { outcome: 'failed' },
      blocks: ['never failed: it ended with 1'],
    });
    expect((await apply('prod')).blocks).toEqual(['staging comes first, and its last deploy is failed, not verified']);
  });

  it('[R-DEPLOY-4] outside the change window, in a freeze, and without the ticket', async () => {
    const work = await deployable();
    sites(work, { windows: ['mon-fri 08:00-16:00'], freezes: ['2026-12-20T00:00:00Z/2027-01-04T00:00:00Z'] });
    const on = (now: string) => deployStatus(bench(work, now).ports, ID, 'staging').blocks;
    expect(on('2026-12-18T12:00:00Z')).toEqual([]);
    expect(on('2026-12-19T12:00:00Z')).toEqual([expect.stringContaining('outside the change window')]);
    expect(on('2026-12-21T12:00:00Z')).toEqual([expect.stringContaining('changes are frozen')]);
    sites(work, { ticket: 'CHG*' });
    expect((await bench(work).plan('staging')).blocks).toEqual([
      'no ticket like CHG* is among refs in requirements.md',
    ]);
  });

  it('[R-DEPLOY-5] beyond the limits of the environment', async () => {
    const work = await deployable({ staging: { limits: { creates: 1 } } });
    expect((await bench(work).plan('staging')).blocks).toEqual(['2 creates, and the environment allows 1']);
  });

  it('[R-DEPLOY-6] when files are no longer those of the approved Build', async () => {
    const work = await deployable();
    const { approved, apply } = bench(work);
    await approved('staging');
    work.write('zone/hosts.json', '[]');
    expect((await apply('staging')).blocks.join()).toMatch(/Build is (?:stale|blocked)/);
  });

  it('[R-DEPLOY-6] of a finished delivery when files were edited since, whatever its checks say', async () => {
    const work = await deployable();
    const { ports, plan } = bench(work);
    makeAsBuilt(ports, ID);
    const { digest } = submit(ports, ID, 'as-built', ACTOR).data;
    decide(ports, { decision: 'approve', digest: digest!, comment: '', approver: ACTOR, via: 'typed-command' });
    expect((await plan('staging')).blocks).toEqual([]);
    work.write('zone/hosts.json', `${work.read('zone/hosts.json')}\n`);
    for (const check of ['CHK-1', 'CHK-2', 'CHK-3']) await runCheck(ports, ID, check, ACTOR);
    expect((await plan('staging')).blocks).toEqual([`zone/hosts.json: changed since ${ID} recorded it`]);
  });

  it('[R-DEPLOY-7] at a level below what the environment asks for, also once the policy was weakened', async () => {
    const work = await deployable();
    sites(work, {}, { level: 'signed' });
    const { approved, apply } = bench(work);
    await approved('staging');
    expect((await apply('staging')).blocks.join()).toContain('below the level signed');
    sites(work, {});
    await approved('staging');
    expect((await apply('staging')).blocks.join()).toContain('below the level signed');
  });

  it('[R-DEPLOY-8] while another one runs', async () => {
    const work = await deployable({ staging: { apply: ['sleep', '2'] } });
    const { approved, apply } = bench(work);
    await approved('staging');
    const [first, second] = await Promise.all([apply('staging'), sleep(50).then(() => apply('staging'))]);
    expect(second.blocks).toEqual([expect.stringMatching(/another deploy to staging is running: process \d+/)]);
    expect(first.data.outcome).toBe('failed');
  });
});

it('[R-DEPLOY-9] says that nobody knows what came of an apply whose process was killed, until it is verified', async () => {
  const work = await deployable({ staging: { apply: ['sleep', '30'] } });
  const { approved, apply, ports, rules } = bench(work);
  await approved('staging');
  const child = spawn(process.execPath, [program('cli'), 'deploy', ID, 'staging', 'apply'], {
    cwd: work.root,
    env: work.env,
    stdio: 'ignore',
  });
  const gone = new Promise((resolve) => child.once('close', resolve));
  const begun = () => work.events(ID).some((event) => event.type === 'deploy-started');
  for (let tries = 0; tries < 100 && !begun(); tries++) await sleep(50);
  child.kill('SIGKILL');
  await gone;
  expect(deployStatus(ports, ID, 'staging')).toMatchObject({
    data: { outcome: 'unknown' },
    said: expect.stringContaining('unknown outcome'),
  });
  expect(judgeDelivery(ports, ID).place.status.next).toContain('verify what is there');
  expect(work.cli('status').out).toContain('unknown outcome');
  expect(work.hook('session-start', {})?.hookSpecificOutput?.additionalContext).toContain('staging: unknown outcome');
  const { call } = await connect(work);
  expect((await call('delivery_status', { delivery: ID })).next).toContain('verify what is there');
  expect((await apply('staging')).blocks.join()).toContain('unknown outcome');
  expect(rules()).toEqual(['warning deploy-outcome']);
  const said = { outcome: 'succeeded', reason: '', log: 'token=abcdefgh', actor: ACTOR };
  const recorded = await recordDeploy(ports, ID, 'staging', said);
  expect(recorded).toMatchObject({ data: { outcome: 'failed' }, blocks: ['in-place failed: it ended with 1'] });
  expect(ports.deliveries.evidence(ID, recorded.data.evidence!)).not.toContain('abcdefgh');
  expect(rules()).toEqual([]);
});

it('[R-DEPLOY-10] rolls a failed deploy back to the last verified state, and asks for a decision on any other', async () => {
  const work = await deployable();
  const live = `${work.home}/staging/values.yaml`;
  sites(work, {
    rollback: ['sh', '-c', 'git show "$0:ops/staging.yaml" > "$1"', '{commit}', live],
    checks: [{ name: 'one-replica', run: ['grep', '-q', 'replicas: 1', live] }],
  });
  const { deployed, decided, ports, rules } = bench(work);
  const back = (to?: string) => rollbackDeploy(ports, ID, 'staging', { to, actor: ACTOR });
  expect((await back()).blocks.join()).toContain('nothing was verified here before');
  await deployed('staging');
  const first = work
    .events(ID)
    .find((event) => event.type === 'deploy-started')!
    .name.slice(0, 12);
  work.write('ops/staging.yaml', 'site: staging\nreplicas: 2\n');
  const failed = await deployed('staging');
  expect(failed).toMatchObject({
    data: { outcome: 'failed' },
    next: expect.stringContaining('rollback (it runs sh -c'),
  });
  expect(await back()).toMatchObject({ data: { outcome: 'verified' }, blocks: [] });
  expect(readFileSync(live, 'utf8')).toContain('replicas: 1');

  const proposed = await back(first);
  expect(proposed.blocks).not.toEqual([]);
  decided(proposed.data.digest);
  expect(await back(first)).toMatchObject({ data: { outcome: 'verified' }, blocks: [] });
  expect(rules()).toEqual([]);
});

describe('a standing approval', () => {
  const STANDING: Settings = {
    sets: { vlan: { pattern: '[0-9]{1,4}', min: 1, max: 4094 } },
    standing: {
      until: '2099-01-01T00:00:00Z',
      limits: { creates: 2, changes: 2, destroys: 0 },
      sets: { vlan: { pattern: '[0-9]+', min: 200, max: 299 } },
    },
  };
  const withVlan = (work: Project): Settings => {
    const words = (verb: string) => [
      'node',
      'ops/live.mjs',
      verb,
      `${work.home}/staging`,
      'ops/staging.yaml',
      '{set:vlan}',
    ];
    return {
      ...STANDING,
      plan: words('plan'),
      apply: words('apply'),
      checks: [{ name: 'in-place', run: words('check') }],
    };
  };

  it('[R-DEPLOY-11] covers runs within its bounds once a person approved one, and no other', async () => {
    const work = await deployable();
    sites(work, withVlan(work));
    const { apply, deployed, plan, rules } = bench(work);
    expect((await plan('staging', 'vlan=9999')).blocks).toEqual(['vlan is more than 4094']);
    expect((await plan('staging', 'other=1')).blocks.join()).toContain('is no input');
    expect((await apply('staging', 'vlan=210')).blocks.join()).toContain('no plan was submitted');
    expect((await deployed('staging', 'vlan=200')).data.outcome).toBe('verified');
    expect((await plan('staging', 'vlan=210')).said).toContain('standing approval');
    expect((await apply('staging', 'vlan=210')).data.outcome).toBe('verified');
    expect((await apply('staging', 'vlan=300')).blocks.join()).toContain('vlan is more than 299');
    expect(rules()).toEqual([]);
    sites(work, { ...withVlan(work), timeout: 60 });
    expect((await apply('staging', 'vlan=211')).blocks).not.toEqual([]);
  });
});

describe('an apply elsewhere', () => {
  it('[R-DEPLOY-12] is authorised for the very plan that was approved, recorded once, and a finding without approval', async () => {
    const work = await deployable();
    const { ports, plan, decided, rules } = bench(work);
    const planned = await plan('staging');
    const bytes = Buffer.from(ports.deliveries.evidence(ID, planned.data.hash!)!);
    const allowed = (content: Uint8Array) => authorizeDeploy(ports, ID, 'staging', content).blocks;
    expect(allowed(bytes).join()).toContain('waits for a person');
    decided(planned.data.digest);
    expect(allowed(bytes)).toEqual([]);
    expect(allowed(Buffer.from('another'))).toEqual(['it is not the plan that was submitted']);
    work.write('ops/new-file', '');
    expect(allowed(bytes)).toEqual(['the files that the tool reads are not those of the plan']);
    rmSync(work.path('ops/new-file'));
    const said = { outcome: 'succeeded', reason: '', log: '', actor: ACTOR };
    expect((await recordDeploy(ports, ID, 'staging', { ...said, plan: bytes })).data.outcome).toBe('failed');
    expect(rules()).toEqual([]);
    expect(allowed(bytes).join()).toContain('was used');
    await recordDeploy(ports, ID, 'staging', said);
    expect(rules()).toEqual(['error ungated-deploy']);
  });
});

it('[R-DEPLOY-19] the record as built follows the first verified deploy to an environment that the design names', async () => {
  const work = await deployable({}, `${DESIGN}\n## Environments\n\n### staging\n\n- Kind: shared\n`);
  const { ports, deployed } = bench(work);
  makeAsBuilt(ports, ID);
  expect(submit(ports, ID, 'as-built', ACTOR).blocks).toContain('nothing was deployed and verified yet: staging');
  expect(judgeDelivery(ports, ID).place.status).toMatchObject({
    deploys: ['staging: nothing was deployed'],
    next: `countersign deploy ${ID} staging plan`,
  });
  expect((await deployed('staging')).data.outcome).toBe('verified');
  expect(submit(ports, ID, 'as-built', ACTOR).blocks.join()).not.toContain('nothing was deployed');
});

it('[R-DEPLOY-23] an environment that countersign.yaml describes otherwise than the approved design is neither planned nor applied', async () => {
  const blocks = '### staging\n\n### prod\n\n- After: staging\n- Overlay: ops/prod.yaml\n- Level: hosted\n';
  const work = await deployable({}, `${DESIGN}\n## Environments\n\n${blocks}`);
  const site = (name: string, more: Settings = {}) => ({ deploy: commandSite(work, name, more) });
  const { plan, apply, approved } = bench(work);
  await approved('staging');
  writePolicy(work, { staging: site('staging'), prod: site('prod', { overlay: ['ops/staging.yaml'] }) });
  const told = [
    'the design has prod after staging, countersign.yaml has not',
    'the design has ops/prod.yaml as overlay of prod, countersign.yaml has not',
    'the design asks for the level hosted in prod, countersign.yaml for recorded',
  ];
  expect((await plan('prod')).blocks).toEqual(told);
  expect((await apply('prod')).blocks).toEqual(told);
  writePolicy(work, {
    staging: site('staging'),
    other: site('prod'),
    prod: { level: 'signed', ...site('prod', { after: ['staging'] }) },
  });
  expect((await plan('prod')).blocks).toEqual([]);
  expect((await plan('other')).blocks).toEqual(['the design has no environment other; it has staging, prod']);
  expect((await apply('staging')).data.outcome).toBe('verified');
});

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { historyText } from '../../mcp-server/src/app/after.ts';
import { makeAsBuilt } from '../../mcp-server/src/app/as-built.ts';
import { deployStatus } from '../../mcp-server/src/app/deploy/status.ts';
import { acceptDrift } from '../../mcp-server/src/app/drift/accept-drift.ts';
import { drift } from '../../mcp-server/src/app/drift/drift.ts';
import { load } from '../../mcp-server/src/app/load.ts';
import { mine } from '../../mcp-server/src/app/mine.ts';
import type { Ports } from '../../mcp-server/src/app/ports.ts';
import { review } from '../../mcp-server/src/app/review.ts';
import { runCheck } from '../../mcp-server/src/app/run-check.ts';
import { submit } from '../../mcp-server/src/app/submit.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import { REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { ACTOR, bench } from '../helpers/deploy-bench.ts';
import { commandSite, deployable, type Settings, writePolicy } from '../helpers/deployable.ts';
import type { Project } from '../helpers/project.ts';
import { ID } from '../helpers/zone-file.ts';

const history = (ports: Ports) => historyText(ports, load(ports, ID));
const CHECKS = ['CHK-1', 'CHK-2', 'CHK-3'];

/** Drift and its acceptance beside the deploys of a project. */
function desk(work: Project) {
  const at = bench(work);
  const look = async (environment?: string) => {
    const { data, ...answer } = await drift(at.ports, ID, environment);
    return { ...answer, ...data };
  };
  const ask = async (environment?: string) => {
    const { data, blocks } = await acceptDrift(at.ports, ID, {
      environment,
      reason: 'hotfix of CHG0041',
      actor: ACTOR,
    });
    expect(blocks).toEqual([]);
    return data.digest;
  };
  const accept = async (environment?: string) => {
    const digest = await ask(environment);
    at.decided(digest);
    return digest;
  };
  const blocked = () => deployStatus(at.ports, ID, 'staging').blocks;
  return { ...at, look, ask, accept, blocked };
}

/** A delivery whose record as built is approved, too. */
async function finished(work: Project) {
  const at = desk(work);
  makeAsBuilt(at.ports, ID);
  at.decided(submit(at.ports, ID, 'as-built', ACTOR).data.digest);
  expect(await at.look()).toMatchObject({ said: `No drift in ${ID}.`, blocks: [] });
  return { work, ...at };
}

const saying = (severity: string) => {
  const text = REQUIREMENTS.replace(/(### REQ-1: [^\n]*\n)/, `$1\n- Drift: ${severity}\n`);
  expect(text).not.toBe(REQUIREMENTS);
  return text;
};

describe('drift of files', () => {
  it('[R-DRIFT-1] is found, accepted by a person with a reason as exactly what it is, and recorded', async () => {
    const { work, look, ask, decided, rules, ports } = await finished(await deployable());
    work.write('zone/hosts.json', '[]\n');
    expect(work.json('drift', ID)).toMatchObject({ exit: 1, drift: [{ severity: 'error', accepted: '' }] });
    expect(rules()).toEqual(['error drift']);
    const digest = await ask();
    expect(mine(ports, ACTOR).data.waiting.map((one) => one.about)).toContain('drift:files');
    expect(review(ports, ID, 'drift:files').data.pieces[0]!.text).toMatch(/^ {4}-\[/m);
    expect((await look()).blocks).toHaveLength(1);
    decided(digest);
    expect(await look()).toMatchObject({
      blocks: [],
      drift: [{ severity: 'info', accepted: 'accepted by Ada Tester (level recorded): "hotfix of CHG0041"' }],
    });
    expect(rules()).toEqual(['info drift']);
    expect(work.cli('drift', ID)).toMatchObject({ exit: 0, out: expect.stringContaining('accepted zone/hosts.json') });
    expect(history(ports)).toContain('drift:files');
    work.write('zone/hosts.json', '[1]\n');
    expect((await look()).drift).toMatchObject([{ severity: 'error', accepted: '' }]);
  });

  it('[R-DRIFT-1] keeps deploys away until it is accepted, and is not accepted by whoever rejects or revokes it', async () => {
    const { work, ports, ask, accept, decided, blocked } = await finished(await deployable());
    work.write('zone/hosts.json', `${work.read('zone/hosts.json')}\n`);
    for (const check of CHECKS) await runCheck(ports, ID, check, ACTOR);
    expect(blocked()).toEqual([expect.stringContaining('changed since')]);
    decided(await ask(), 'reject');
    expect(blocked()).toHaveLength(1);
    const digest = await accept();
    expect(blocked()).toEqual([]);
    decided(digest, 'revoke');
    expect(blocked()).toHaveLength(1);
  });

  it('[R-DRIFT-2] is as bad as the requirements say whose components it is in', async () => {
    const { work, look, rules, blocked } = await finished(await deployable({}, undefined, saying('info')));
    work.write('zone/hosts.json', '[]\n');
    expect(await look()).toMatchObject({ blocks: [], drift: [{ severity: 'info', requirements: ['REQ-1'] }] });
    expect(rules()).toEqual(['info drift']);
    expect(blocked().join()).toContain('zone/hosts.json');
  });
});

describe('drift of a running system', () => {
  const live = (work: Project) => `${work.home}/staging/values.yaml`;

  it('[R-DRIFT-3] is what the rehearsal of the last deploy would change, and nothing where that is empty', async () => {
    const work = await deployable();
    const { look, deployed } = desk(work);
    expect((await look('staging')).blocks).toEqual([expect.stringContaining('nothing was deployed')]);
    await deployed('staging');
    const events = work.events(ID).length;
    expect(await look('staging')).toMatchObject({ blocks: [], drift: [], notes: [] });
    writeFileSync(live(work), 'by hand\n');
    expect(work.json('drift', ID, 'staging')).toMatchObject({
      exit: 1,
      drift: [{ between: 'live', what: 'staging: change values.yaml' }],
    });
    expect(readFileSync(live(work), 'utf8')).toBe('by hand\n');
    expect(work.events(ID)).toHaveLength(events);
    rmSync(live(work));
    expect((await look('staging')).drift).toMatchObject([{ what: 'staging: create values.yaml' }]);
    expect(existsSync(live(work))).toBe(false);
    work.write('ops/staging.yaml', 'site: staging\nreplicas: 2\n');
    expect((await look('staging')).notes[0]).toMatch(/the files of values.* moved: part of this is not deployed yet/);
  });

  it('[R-DRIFT-4] is accepted for this very difference and this very deploy, at the level of the environment', async () => {
    const work = await deployable();
    const { look, accept, deployed, ports } = desk(work);
    await deployed('staging');
    writeFileSync(live(work), 'by hand\n');
    await accept('staging');
    expect(await look('staging')).toMatchObject({ blocks: [], drift: [{ severity: 'info' }] });
    rmSync(live(work));
    expect((await look('staging')).blocks).toHaveLength(1);
    writeFileSync(live(work), 'by hand\n');
    await deployed('staging');
    expect((await look('staging')).drift).toEqual([]);
    writeFileSync(live(work), 'by hand\n');
    expect((await look('staging')).blocks).toHaveLength(1);
    writePolicy(work, { staging: { level: 'signed', deploy: commandSite(work, 'staging') } });
    await accept('staging');
    expect((await look('staging')).drift).toMatchObject([{ accepted: '' }]);
    expect(verify(ports).data.faults).toEqual([]);
  });

  it('[R-DRIFT-2] weighs items by the requirements that the environment gives them', async () => {
    const items: Settings = { items: [{ match: 'values*', requirements: ['REQ-1'] }] };
    const work = await deployable({ staging: items }, undefined, saying('warning'));
    const { look, deployed } = desk(work);
    await deployed('staging');
    writeFileSync(live(work), 'by hand\n');
    expect(await look('staging')).toMatchObject({
      blocks: [],
      drift: [{ severity: 'warning', requirements: ['REQ-1'] }],
    });
    writeFileSync(`${work.home}/staging/hosts.json`, 'by hand\n');
    expect((await look('staging')).blocks).toEqual(['staging: change hosts.json']);
  });
});

it('[R-DEPLOY-20] plans and applies nothing while a check that comes before fails, and gives it the ticket', async () => {
  const script = 'test "$0" = "CHG0041" && test -e "$HOME/ready"';
  const before = [{ name: 'ticket-is-approved', run: ['sh', '-c', script, '{ticket}'] }];
  const tickets = REQUIREMENTS.replace(/\n---\n/, '\nrefs: [INC7, CHG0041]\n---\n');
  const work = await deployable({ staging: { before, ticket: 'CHG*' } }, undefined, tickets);
  const { plan, approved, apply } = bench(work);
  expect((await plan('staging')).blocks).toEqual(['ticket-is-approved failed: it ended with 1']);
  writeFileSync(`${work.home}/ready`, '');
  await approved('staging');
  rmSync(`${work.home}/ready`);
  expect(await apply('staging')).toMatchObject({
    data: { outcome: null },
    blocks: ['ticket-is-approved failed: it ended with 1'],
  });
  writeFileSync(`${work.home}/ready`, '');
  expect(await apply('staging')).toMatchObject({ data: { outcome: 'verified' }, blocks: [] });
});

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DESIGN, HOSTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, program, project } from './helpers/project.ts';
import { ID, reach } from './helpers/zone-file.ts';

/** CHK-1 leaves a mark at its very end, so that a run that did not finish can be told from one that did. */
const MARKED = DESIGN.replace(/node -e "const l[^\n]*/, 'sleep 0.02; echo 2 hosts; echo done >> "$HOME/marks"');

interface Call {
  name: string;
  input: object;
}

/**
 * A server that is sent a row of calls at once, and killed at some moment after it has answered `after` of them.
 *
 * @returns how many it answered
 */
async function killedServer(work: Project, calls: readonly Call[], after: number): Promise<number> {
  const child = spawn(process.execPath, [program('server')], {
    cwd: work.root,
    env: work.env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let out = '';
  // The first line answers initialize.
  const answered = () => out.split('\n').length - 2;
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => answered() >= count && resolve();
      child.stdout.on('data', look);
      look();
    });
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stdin.on('error', () => {});
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'test', version: '1' };
  send({ id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
  await until(0);
  send({ method: 'notifications/initialized' });
  for (const [at, { name, input }] of calls.entries())
    send({ id: at + 1, method: 'tools/call', params: { name, arguments: input } });
  await until(after);
  await sleep(moment(25));
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await gone;
  return answered();
}

/** Different in every run on purpose: each run tries other moments. */
const moment = (most: number) => Math.floor(Math.random() * most);

it('leaves a ledger that verifies when the server is killed during appends; what was answered is recorded', async () => {
  const work = project();
  await reach(work, 'created');
  let sent = 0;
  let answered = 0;
  for (let round = 0; round < 5; round++) {
    const calls = Array.from({ length: 40 }, (_, at) => ({
      name: 'state_fact',
      input: { delivery: ID, need: 'CAP-1', status: 'resolved', fact: `${round}.${at}`, by: 'Ada Tester' },
    }));
    sent += calls.length;
    answered += await killedServer(work, calls, moment(15));
    const recorded = work.events(ID).filter((event) => event.type === 'stated').length;
    expect(recorded).toBeGreaterThanOrEqual(answered);
    expect(recorded).toBeLessThanOrEqual(sent);
    const verified = work.json('verify') as unknown as { exit: number; faults: object[] };
    expect(verified).toMatchObject({ exit: 0, faults: [] });
  }
  expect(answered).toBeGreaterThan(0);
});

it('records no check that did not finish, and cites no evidence that is not there', async () => {
  const work = project();
  await reach(work, 'design', { design: MARKED });
  work.write('zone/hosts.json', HOSTS);
  for (let round = 0; round < 5; round++) {
    await killedServer(
      work,
      Array.from({ length: 6 }, () => ({ name: 'run_check', input: { delivery: ID, check: 'CHK-1' } })),
      moment(4),
    );
    const passed = work.events(ID).filter((event) => event.type === 'checked');
    const marks = passed.length === 0 ? 0 : readFileSync(join(work.home, 'marks'), 'utf8').split('\n').length - 1;
    expect(passed.length).toBeLessThanOrEqual(marks);
    expect(work.json('verify')).toMatchObject({ faults: [] });
  }
  expect(work.cli('run-check', ID, 'CHK-1')).toMatchObject({ exit: 0 });
});

it('ignores a temporary file of a writer that died', async () => {
  const work = project();
  await reach(work, 'requirements');
  work.write(`deliveries/${ID}/ledger/.tmp-99-abc`, '{"v":1,');
  work.write(`deliveries/${ID}/evidence/.tmp-99-abc`, 'half');
  work.write(`deliveries/${ID}/.tmp-99-abc`, 'half');
  expect(work.cli('verify')).toMatchObject({ exit: 0, err: '' });
});

it('starts a delivery again whose first event never came to be', () => {
  const work = project();
  mkdirSync(work.path('deliveries/early/ledger'), { recursive: true });
  writeFileSync(work.path('deliveries/early/ledger/.tmp-1-a'), '{');
  expect(work.cli('new', 'early')).toMatchObject({ exit: 0 });
  expect(work.cli('verify').exit).toBe(0);
});

it('finds its way without the caches in the git directory and in the home', async () => {
  const work = project();
  await reach(work, 'design');
  rmSync(work.path('.git/countersign'), { recursive: true });
  rmSync(work.home, { recursive: true });
  mkdirSync(work.home);
  expect(work.cli('verify').exit).toBe(0);
  writeFileSync(work.path('.git/countersign'), 'a file where the folder should be');
  expect(work.cli('status').exit).toBe(0);
});

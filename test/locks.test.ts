import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withLock } from '../mcp-server/src/adapters/lock.ts';
import { faultText, faultView } from '../mcp-server/src/entry/respond.ts';
import { type Project, project } from './helpers/project.ts';
import { ID, reach } from './helpers/zone-file.ts';

/** Leaves a lock file as another process would. */
function lock(work: Project, content: string): string {
  mkdirSync(work.path('.git/countersign/locks'), { recursive: true });
  const path = work.path(`.git/countersign/locks/${ID}.lock`);
  writeFileSync(path, content);
  return path;
}

const owner = (given: object) =>
  JSON.stringify({ pid: process.pid, host: hostname(), at: Date.now(), token: 'x', ...given });

async function created(): Promise<Project> {
  const work = project();
  await reach(work, 'created');
  return work;
}

const dead = () => spawnSync('true').pid;

it.each([
  ['of a process that died', () => owner({ pid: dead() })],
  ['of another host that is over a minute old', () => owner({ host: 'elsewhere.example', at: Date.now() - 61_000 })],
  ['that cannot be read', () => '{"pid": 1'],
  ['that is empty', () => ''],
  ['that names nobody', () => '{}'],
  ['that is null', () => 'null'],
  ['with a process id that is none', () => owner({ pid: -1 })],
])('breaks a lock %s', async (_, content) => {
  const work = await created();
  lock(work, content());
  expect(work.cli('submit', ID, 'requirements')).toMatchObject({ exit: 0, err: '' });
  expect(readdirSync(work.path('.git/countersign/locks'))).toEqual([]);
});

it.each([
  ['of a living process', () => owner({})],
  ['of another host that is fresh', () => owner({ host: 'elsewhere.example' })],
])('waits for a lock %s', async (_, content) => {
  const work = await created();
  const path = lock(work, content());
  const submitting = work.start('submit', ID, 'requirements');
  await sleep(1200);
  expect(work.events(ID)).toHaveLength(1);
  expect(existsSync(path)).toBe(true);
  execFileSync('rm', [path]);
  expect(await submitting.done).toMatchObject({ exit: 0 });
  expect(work.events(ID)).toHaveLength(2);
});

it('only reads while somebody else holds the lock', async () => {
  const work = await created();
  lock(work, owner({}));
  expect(work.cli('status').exit).toBe(0);
  expect(work.cli('verify').exit).toBe(0);
});

it('gives up on a living owner after a while, and says who it is and what to do', async () => {
  const work = await created();
  const path = lock(work, owner({}));
  const started = Date.now();
  let thrown: unknown;
  try {
    withLock(path, () => expect.fail('somebody else holds it'), 600);
  } catch (error) {
    thrown = error;
  }
  expect(Date.now() - started).toBeGreaterThanOrEqual(600);
  const view = faultView(thrown);
  expect(view).toMatchObject({ code: 'locked', exit: 4 });
  expect(faultText(view)).toContain(`process ${process.pid} on ${hostname()}`);
  expect(faultText(view)).toContain(`remove ${path}`);
});

import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Project, project } from '../helpers/project.ts';
import { ID, reach } from '../helpers/zone-file.ts';

const LOCK = `.git/countersign/locks/${ID}.lock`;

/**
 * Begins a submission and stops the process while it holds the lock, as a disk does that does not answer. Undefined where the
 * process was faster.
 */
function heldUp(work: Project): ReturnType<Project['start']> | undefined {
  const writer = work.start('submit', ID, 'requirements');
  const end = Date.now() + 10_000;
  // Without giving way: the lock is there for some milliseconds only.
  while (!existsSync(work.path(LOCK)) && Date.now() < end);
  writer.child.kill('SIGSTOP');
  if (existsSync(work.path(LOCK))) return writer;
  writer.child.kill('SIGCONT');
  return undefined;
}

it('[R-FAST-5] a writer whose disk does not answer keeps others waiting, and nothing is lost', async () => {
  const work = project();
  await reach(work, 'created');
  let slow: ReturnType<Project['start']> | undefined;
  for (let tries = 0; slow === undefined && tries < 20; tries++) {
    work.write(
      `deliveries/${ID}/requirements.md`,
      work.read(`deliveries/${ID}/requirements.md`).concat(`\n${tries}\n`),
    );
    slow = heldUp(work);
  }
  expect(slow).toBeDefined();
  try {
    const before = work.events(ID).length;
    const other = work.start('submit', ID, 'requirements');
    await sleep(1000);
    // It waits, and whoever only reads does not.
    expect([other.child.exitCode, work.events(ID).length]).toEqual([null, before]);
    expect(work.cli('status').exit).toBe(0);
    slow!.child.kill('SIGCONT');
    const ended = await Promise.all([slow!.done, other.done]);
    expect(ended.map((one) => one.exit)).toEqual([0, 0]);
  } finally {
    slow!.child.kill('SIGKILL');
  }
  expect(work.cli('verify').exit).toBeLessThan(3);
  // The same content, submitted by both, is one question.
  const digests = work
    .events(ID)
    .flatMap(({ type, body }) => (type === 'submitted' ? [(body as { digest: string }).digest] : []));
  expect(new Set(digests).size).toBe(digests.length);
  expect(existsSync(work.path(LOCK))).toBe(false);
});

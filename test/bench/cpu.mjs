// Processor time of a Node process, all its threads together.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SAY = join(import.meta.dirname, 'say-cpu.cjs');

/**
 * What one run took, in milliseconds by the clock and of processors. On a machine that does other things, too, the clock shows
 * those, and the processors much less of them.
 *
 * @param {string[]} args @param {import('node:child_process').SpawnSyncOptions} options
 */
export function runNode(args, options) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', SAY, ...args], {
    maxBuffer: 2 ** 28,
    ...options,
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  const cpu = /cpu (\d+)$/.exec(stderr)?.[1];
  if (status === null || status > 1 || cpu === undefined)
    throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}${stdout.slice(0, 500)}`);
  return { wall, cpu: Number(cpu) / 1000, stdout };
}

/** @param {readonly number[]} numbers */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

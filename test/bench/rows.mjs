// What every part of the benchmark gives, and how it is shown.
import { performance } from 'node:perf_hooks';
import { median, runNode } from './cpu.mjs';

/** Goals are stated for a machine where `node -e 0` takes this long; they grow with the floor that is measured. */
export const GOAL_FLOOR_MS = 25;

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} ms median by the clock
 * @property {number} [cpu] median of processors, user and system
 * @property {number} [p95] by the clock
 * @property {number} floorMs what the least possible took in the same run, in turn with it
 * @property {number} [floorCpu] the same of processors
 * @property {number} [goalMs] at most this, by the clock, on this machine
 * @property {number} [exponent] power of the size that the time grows with
 * @property {string} [note]
 *
 * @typedef {object} Place
 * @property {string} base an empty folder
 * @property {string} dist built programs
 * @property {number} rounds
 * @property {boolean} quick small sizes: says whether everything works, nothing of goals
 */

/** A goal on this machine: what may come on top of the floor, or a time that grows with it. */
export const beyondFloor = (/** @type {number} */ floor, /** @type {number} */ ms) =>
  floor + ms * Math.max(1, floor / GOAL_FLOOR_MS);
export const timesFloor = (/** @type {number} */ floor, /** @type {number} */ ms) =>
  ms * Math.max(1, floor / GOAL_FLOOR_MS);

/** @param {readonly number[]} numbers @param {number} part */
export const percentile = (numbers, part) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? Number.NaN;

/**
 * Runs of one command, each after one of `node -e 0`: A B A B, so that what else the machine does falls on both.
 *
 * @param {string[]} args @param {import('node:child_process').SpawnSyncOptions} options @param {number} rounds
 */
export function inTurn(args, options, rounds) {
  const floors = [];
  const runs = [];
  // The first of each fills the file cache.
  runNode(['-e', '0'], options);
  runNode(args, options);
  for (let round = 0; round < rounds; round++) {
    floors.push(runNode(['-e', '0'], options));
    runs.push(runNode(args, options));
  }
  const of = (/** @type {typeof runs} */ all, /** @type {'wall' | 'cpu'} */ clock) =>
    median(all.map((one) => one[clock]));
  return {
    ms: of(runs, 'wall'),
    cpu: of(runs, 'cpu'),
    floorMs: of(floors, 'wall'),
    floorCpu: of(floors, 'cpu'),
    stdout: runs[0]?.stdout ?? '',
  };
}

/** Milliseconds by the clock of some work. @param {() => unknown} work */
export async function timed(work) {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const number = (/** @type {number | undefined} */ value, digits = 0) =>
    (value === undefined ? '' : value.toFixed(digits)).padStart(9);
  const lines = rows.map(({ name, ms, cpu, p95, floorMs, floorCpu, goalMs, exponent, note }) => {
    const goal = goalMs === undefined ? '' : `<= ${goalMs.toFixed(0)} ${ms <= goalMs ? 'met' : 'NOT MET'}`;
    const growth = exponent === undefined ? '' : `grows with power ${exponent.toFixed(2)}`;
    const said = [goal, growth, note ?? ''].filter((one) => one !== '').join('; ');
    return `${name.padEnd(width)}${number(ms, ms < 10 ? 1 : 0)}${number(p95, 1)}${number(floorMs)}${number(ms / floorMs, 2)}${number(cpu)}${number(floorCpu)}  ${said}`.trimEnd();
  });
  const head = ['ms', 'p95', 'floor', 'ratio', 'cpu ms', 'floor'].map((word) => word.padStart(9)).join('');
  return [`${''.padEnd(width)}${head}  goal`, ...lines].join('\n');
}

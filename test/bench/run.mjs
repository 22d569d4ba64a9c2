// npm run bench [-- --json] [--rounds N] [--dist FOLDER]: start-up times, each beside `node -e 0` taken in turn with it.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../../scripts/bundle.mjs';
import { timeNode, timeServer } from './processes.mjs';
import { repositoryWith } from './repository.mjs';

/** Goals are stated for a machine where the floor takes this long; they grow with the floor that is measured. */
const GOAL_FLOOR_MS = 25;
const GOALS = { cli: 60, mcp: 125, hook: 15 };

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '15' }, dist: { type: 'string' } },
});
const rounds = Number(values.rounds);
const base = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-bench-')));

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures in turn, A B A B, so that what else the machine does falls on both.
 * @param {{ name: string, kind: keyof typeof GOALS, time: () => number | Promise<number> }} one
 * @param {() => number} floor
 */
async function measure({ name, kind, time }, floor) {
  const floors = [];
  const times = [];
  // The first of each fills the file cache.
  floor();
  await time();
  for (let round = 0; round < rounds; round++) {
    floors.push(floor());
    times.push(await time());
  }
  const [ms, floorMs] = [median(times), median(floors)];
  const goal = GOALS[kind] * Math.max(1, floorMs / GOAL_FLOOR_MS);
  return { name, kind, ms, floorMs, difference: ms - floorMs, ratio: ms / floorMs, goal, met: ms - floorMs <= goal };
}

/** @param {Awaited<ReturnType<typeof measure>>[]} results */
function table(results) {
  const width = Math.max(...results.map((one) => one.name.length));
  const column = (/** @type {number} */ number, digits = 0) => number.toFixed(digits).padStart(8);
  const lines = results.map(
    (one) =>
      `${one.name.padEnd(width)}${column(one.ms)}${column(one.floorMs)}${column(one.difference)}${column(one.ratio, 2)}  floor + ${one.goal.toFixed(0)} ${one.met ? 'met' : 'NOT MET'}`,
  );
  const head = ['ms', 'floor', 'differs', 'ratio'].map((word) => word.padStart(8)).join('');
  return [`${''.padEnd(width)}${head}  goal`, ...lines].join('\n');
}

try {
  const dist = values.dist === undefined ? join(base, 'plugin', 'mcp-server', 'dist') : resolve(values.dist);
  if (values.dist === undefined) await bundle(dist);
  const [one, fifty, many] = [
    await repositoryWith(base, dist, 1),
    await repositoryWith(base, dist, 50),
    await repositoryWith(base, dist, 500),
  ];
  const cli = (/** @type {string[]} */ args, place = one) => ({
    kind: /** @type {const} */ ('cli'),
    time: () => timeNode([join(dist, 'cli.mjs'), ...args], place),
  });
  const hook = (/** @type {typeof one} */ place) => ({
    kind: /** @type {const} */ ('hook'),
    time: () =>
      timeNode([join(dist, 'hook.mjs'), 'pre-tool-use'], {
        ...place,
        input: JSON.stringify({
          cwd: place.cwd,
          session_id: 's',
          tool_name: 'Write',
          tool_input: { file_path: 'README.md' },
        }),
      }),
  });
  const cases = [
    { name: 'cli --version', ...cli(['--version']) },
    { name: 'cli --help', ...cli(['--help']) },
    { name: 'cli status, 1 delivery', ...cli(['status']) },
    { name: 'cli status, 50 deliveries', ...cli(['status'], fifty) },
    {
      name: 'mcp spawn to tools/list',
      kind: /** @type {const} */ ('mcp'),
      time: () => timeServer(join(dist, 'server.mjs'), one),
    },
    { name: 'hook write, 1 delivery', ...hook(one) },
    { name: 'hook write, 50 deliveries', ...hook(fifty) },
    { name: 'hook write, 500 deliveries', ...hook(many) },
  ];
  const results = [];
  for (const each of cases) results.push(await measure(each, () => timeNode(['-e', '0'], one)));
  if (values.json === true)
    console.log(JSON.stringify({ schema: 'countersign/bench@1', node: process.version, rounds, results }));
  else {
    console.log(`Node ${process.version}, ${rounds} rounds each, medians in ms; floor is node -e 0, taken in turn.`);
    console.log(table(results));
    console.log(`Goals are for a floor of ${GOAL_FLOOR_MS} ms (MCP 150 ms in all there) and grow with the floor.`);
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}

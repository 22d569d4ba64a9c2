// npm run bench [-- --quick] [--only PART] [--rounds N] [--dist FOLDER] [--json] [--record]: everything in one run, each beside a
// floor that is taken in turn with it. --record adds the run to docs/benchmarks.json.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../../scripts/bundle.mjs';
import { GOAL_FLOOR_MS, table } from './rows.mjs';

/** Loaded one by one: some take what others do not need. */
const PARTS = ['start', 'tools', 'validate', 'verify', 'specs', 'report', 'extract'];
const HISTORY = 'docs/benchmarks.json';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: PARTS },
    rounds: { type: 'string' },
    dist: { type: 'string' },
    json: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const unknown = values.only.find((one) => !PARTS.includes(one));
if (unknown !== undefined) throw new Error(`--only ${unknown}: there are ${PARTS.join(', ')}`);
const rounds = Number(values.rounds ?? (values.quick ? 3 : 15));
const base = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-bench-')));
const loadBefore = loadavg()[0] ?? 0;

try {
  const dist = values.dist === undefined ? join(base, 'plugin', 'mcp-server', 'dist') : resolve(values.dist);
  if (values.dist === undefined) await bundle(dist);
  /** @type {import('./rows.mjs').Row[]} */
  const rows = [];
  for (const part of values.only) {
    const { bench } = await import(`./${part}.mjs`);
    const room = mkdtempSync(join(base, `${part}-`));
    const found = await bench({ base: room, dist, rounds, quick: values.quick });
    rmSync(room, { recursive: true, force: true, maxRetries: 3 });
    rows.push(...found);
    if (!values.json) console.log(`${rows.length === found.length ? '' : '\n'}${table(found)}`);
  }
  const run = {
    schema: 'countersign/bench@2',
    at: new Date().toISOString(),
    node: process.version,
    cpus: cpus().length,
    load: Number(loadBefore.toFixed(1)),
    rounds,
    quick: values.quick,
    rows,
  };
  if (values.json) console.log(JSON.stringify(run));
  else
    console.log(
      `\nNode ${run.node}, ${run.cpus} processors, load ${run.load} before it began; medians of ${rounds} rounds at most, in ms. Goals are for a floor of ${GOAL_FLOOR_MS} ms and grow with it.`,
    );
  if (values.record) {
    const history = JSON.parse(readFileSync(HISTORY, 'utf8'));
    writeFileSync(HISTORY, `${JSON.stringify([...history, rounded(run)], undefined, 1)}\n`);
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}

/** Tenths of milliseconds say nothing, and make every line of the history differ. @param {unknown} value */
function rounded(value) {
  return JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'number' ? Math.round(one * 10) / 10 : one)));
}

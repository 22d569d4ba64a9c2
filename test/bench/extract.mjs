// Extraction against just reading the same files: `npm run bench -- --only extract`, and of any other folder
// `node test/bench/extract.mjs FOLDER`. The floor lists the tree and reads every file as text, with the pages in memory: no hash, no
// disk. Both run as processes of their own, taken in turn, less what such a process takes to start; CPU time besides time on the
// clock, because only the former means something while the machine is busy. Cold: nothing is kept. Changed: everything was kept,
// then all lines of one file moved. Remark: one file changed, but nothing that is said of it. Warm: nothing changed.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { generate, generateMixed, kinds } from './extract-trees.mjs';
import { exponentOf } from './growth.mjs';

// Tells at the end what the process used; the parent cannot ask for that.
const meter = `data:text/javascript,${encodeURIComponent(`import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(2, '\\n' + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mib: maxRSS / 1024 }));
});`)}`;
const readAll = `const fs = require('node:fs');
for (const entry of fs.readdirSync(process.argv[1], { recursive: true, withFileTypes: true }))
  if (entry.isFile()) fs.readFileSync(entry.parentPath + '/' + entry.name, 'utf8');`;

/** @param {string[]} args @param {string} cache */
function run(args, cache) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { ms, ...JSON.parse(`${stderr}`.trim().split('\n').at(-1) ?? '{}') };
}

/** The least of some rounds, of each figure. @param {ReturnType<typeof run>[]} all */
const least = (all) => ({
  ms: Math.min(...all.map((one) => one.ms)),
  cpu: Math.min(...all.map((one) => one.cpu)),
  mib: Math.min(...all.map((one) => one.mib)),
});

/**
 * @param {string} folder @param {Pick<import('./rows.mjs').Place, 'base' | 'dist' | 'rounds'>} place
 * @param {boolean} isOurs whether a file of it may be changed
 */
function measure(folder, { base, dist, rounds }, isOurs) {
  const [cli, none] = [join(dist, 'cli.mjs'), join(base, 'none')];
  const start = ['--import', meter, '-e', '0'];
  const help = ['--import', meter, cli, 'extract', '--help'];
  const reading = ['--import', meter, '-e', readAll, folder];
  const whole = ['--import', meter, cli, 'extract', folder, '--json'];
  const cache = join(base, 'cache');
  run(whole, cache);
  const some = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isFile() && !entry.name.endsWith('.md'),
  );
  const path = isOurs && some !== undefined ? join(some.parentPath, some.name) : undefined;
  /** @type {Record<'start' | 'help' | 'reading' | 'cold' | 'changed' | 'remark' | 'warm', ReturnType<typeof run>[]>} */
  const all = { start: [], help: [], reading: [], cold: [], changed: [], remark: [], warm: [] };
  for (let round = 0; round < rounds; round++) {
    all.start.push(run(start, none));
    all.help.push(run(help, none));
    all.reading.push(run(reading, none));
    all.cold.push(run(whole, none));
    rmSync(none, { recursive: true, force: true });
    if (path !== undefined) writeFileSync(path, `\n${readFileSync(path, 'utf8')}`);
    all.changed.push(run(whole, cache));
    if (path !== undefined) appendFileSync(path, '\n');
    all.remark.push(run(whole, cache));
    all.warm.push(run(whole, cache));
  }
  const [floor, ready, read, cold, changed, remark, warm] = Object.values(all).map(least);
  rmSync(cache, { recursive: true, force: true });
  const ratio = (/** @type {'ms' | 'cpu'} */ of, /** @type {any} */ one) =>
    (one[of] - ready[of]) / (read[of] - floor[of]);
  const times = (/** @type {'ms' | 'cpu'} */ of) =>
    [cold, changed, remark, warm].map((one) => ratio(of, one).toFixed(1)).join(', ');
  const note = `${cold.mib.toFixed(0)} MiB; cold, changed, remark, warm: ${times('ms')} times reading by the clock, ${times('cpu')} by processors`;
  return { ms: cold.ms, cpu: cold.cpu, floorMs: floor.ms, floorCpu: floor.cpu, note, ready: ready.cpu };
}

/** HashiCorp's own parser over the same Terraform files, which gives no lines. @param {string} folder */
async function peer(folder) {
  const { parse } = await import('@cdktf/hcl2json');
  const start = performance.now();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await parse(entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  return performance.now() - start;
}

/** @param {import('./rows.mjs').Place} place @returns {Promise<import('./rows.mjs').Row[]>} */
export async function bench(place) {
  const folder = join(place.base, 'tree');
  const [mixed, each] = place.quick ? [400, 60] : [10_000, 2000];
  /** @type {[string, () => number][]} */
  const trees = [
    ...[8, 4, 2, 1].map(
      (of) =>
        /** @type {[string, () => number]} */ (['a mixed tree', () => generateMixed(folder, Math.ceil(mixed / of))]),
    ),
    ...Object.keys(kinds).map(
      (kind) => /** @type {[string, () => number]} */ ([kind, () => generate(/** @type {any} */ (kind), folder, each)]),
    ),
  ];
  const rows = [];
  /** What the mixed tree takes, by the number of its files. */
  const points = [];
  for (const [name, make] of trees) {
    const files = make();
    const { ready, ...result } = measure(folder, { ...place, rounds: Math.min(place.rounds, 3) }, true);
    if (name === 'a mixed tree') points.push({ size: files, ms: result.cpu });
    const growth = name === 'a mixed tree' && points.length === 4 ? { exponent: exponentOf(points, ready) } : {};
    const beside =
      name === 'terraform' ? `; peer hcl2json, which gives no lines: ${(await peer(folder)).toFixed(0)} ms` : '';
    rows.push({ name: `extract ${name}, ${files} files`, ...result, ...growth, note: result.note + beside });
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

const [, script, ...asked] = process.argv;
if (script === import.meta.filename)
  for (const folder of asked) {
    const base = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
    try {
      const dist = join(import.meta.dirname, '../../mcp-server/dist');
      const { ms, note } = measure(folder, { base, dist, rounds: 3 }, false);
      console.log(`${folder}: ${ms.toFixed(0)} ms; ${note}`);
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  }

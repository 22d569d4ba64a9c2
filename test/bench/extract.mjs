// node test/bench/extract.mjs [--files N] [--rounds N] [--only KIND] [--folder PATH] [--json]: extraction against just reading the same files.
// The floor lists the tree and reads every file as text, with the pages in memory: no hash, no disk. Both run as processes of their
// own, taken in turn, less what such a process takes to start; CPU time besides time on the clock, because only the former means
// something while the machine is busy. Cold: nothing is kept. Changed: everything was kept, then one file changed. Warm: nothing changed.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { generate, generateMixed, kinds } from './extract-trees.mjs';

const cli = join(import.meta.dirname, '../../mcp-server/dist/cli.mjs');
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    folder: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const rounds = Number(values.rounds);
const base = mkdtempSync(join(tmpdir(), 'countersign-bench-'));

// Tells at the end what the process used; the parent cannot ask for that.
const meter = `data:text/javascript,${encodeURIComponent(`import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(2, '\\n' + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mib: maxRSS / 1024 }));
});`)}`;
const readAll = `const fs = require('node:fs');
for (const entry of fs.readdirSync(process.argv[1], { recursive: true, withFileTypes: true }))
  if (entry.isFile()) fs.readFileSync(entry.parentPath + '/' + entry.name, 'utf8');`;

/** @param {string[]} args @param {string} [cache] */
function run(args, cache = join(base, 'none')) {
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

/** @param {string} folder @param {boolean} isOurs whether a file of it may be changed */
function measure(folder, isOurs) {
  const start = ['--import', meter, '-e', '0'];
  const help = ['--import', meter, cli, 'extract', '--help'];
  const reading = ['--import', meter, '-e', readAll, folder];
  const whole = ['--import', meter, cli, 'extract', folder, '--json'];
  const cache = join(base, 'cache');
  run(whole, cache);
  const some = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isFile() && !entry.name.endsWith('.md'),
  );
  /** @type {Record<'start' | 'help' | 'reading' | 'cold' | 'changed' | 'warm', ReturnType<typeof run>[]>} */
  const all = { start: [], help: [], reading: [], cold: [], changed: [], warm: [] };
  for (let round = 0; round < rounds; round++) {
    all.start.push(run(start));
    all.help.push(run(help));
    all.reading.push(run(reading));
    all.cold.push(run(whole));
    rmSync(join(base, 'none'), { recursive: true, force: true });
    if (isOurs && some !== undefined) appendFileSync(join(some.parentPath, some.name), '\n');
    all.changed.push(run(whole, cache));
    all.warm.push(run(whole, cache));
  }
  const [floor, ready, read, cold, changed, warm] = Object.values(all).map(least);
  rmSync(cache, { recursive: true, force: true });
  const ratio = (/** @type {'ms' | 'cpu'} */ of, /** @type {any} */ one) =>
    (one[of] - ready[of]) / (read[of] - floor[of]);
  return {
    readingMs: read.ms - floor.ms,
    coldMs: cold.ms,
    changedMs: changed.ms,
    warmMs: warm.ms,
    mib: cold.mib,
    clock: { cold: ratio('ms', cold), changed: ratio('ms', changed), warm: ratio('ms', warm) },
    cpu: { cold: ratio('cpu', cold), changed: ratio('cpu', changed), warm: ratio('cpu', warm) },
  };
}

/** HashiCorp's own parser over the same Terraform files, which gives no lines. @param {string} folder */
async function peer(folder) {
  const { parse } = await import('@cdktf/hcl2json');
  const start = performance.now();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await parse(entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  return performance.now() - start;
}

try {
  const results = [];
  const count = Number(values.files);
  /** @type {[string, (folder: string) => number][]} */
  const trees =
    values.folder === undefined
      ? [
          ['mixed', (folder) => generateMixed(folder, count)],
          ...Object.keys(kinds).map(
            (kind) =>
              /** @type {[string, (folder: string) => number]} */ ([
                kind,
                (folder) => generate(/** @type {any} */ (kind), folder, count),
              ]),
          ),
        ]
      : [[values.folder, () => 0]];
  for (const [name, make] of trees) {
    if (values.only !== undefined && !name.startsWith(values.only)) continue;
    const folder = values.folder ?? join(base, 'tree');
    const files = make(folder);
    const result = {
      name,
      files,
      ...measure(folder, values.folder === undefined),
      ...(name === 'terraform' ? { hcl2jsonMs: await peer(folder) } : {}),
    };
    results.push(result);
    if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
    if (values.json !== true) console.log(line(result));
  }
  if (values.json === true)
    console.log(JSON.stringify({ schema: 'countersign/bench-extract@1', node: process.version, rounds, results }));
} finally {
  rmSync(base, { recursive: true, force: true });
}

/** @param {any} result */
function line({ name, files, readingMs, coldMs, changedMs, warmMs, mib, clock, cpu, hcl2jsonMs }) {
  const times = (/** @type {{ cold: number, changed: number, warm: number }} */ of) =>
    `${of.cold.toFixed(1)} times, ${of.changed.toFixed(1)} changed, ${of.warm.toFixed(1)} warm`;
  const peerText = hcl2jsonMs === undefined ? '' : `; hcl2json ${hcl2jsonMs.toFixed(0)} ms`;
  return `${name.padEnd(18)} ${files} files: reading ${readingMs.toFixed(0)} ms, extracting ${coldMs.toFixed(0)} ms (${changedMs.toFixed(0)} changed, ${warmMs.toFixed(0)} warm), ${mib.toFixed(0)} MiB; CPU ${times(cpu)}; clock ${times(clock)}${peerText}`;
}

// node test/bench/probes.mjs: twenty systems that take up to a second each, asked at once, beside the slowest of them; then every
// probe of this machine alone, and all of them together. Programs that compute cannot end before their work is done, however they
// are started: their processor time, divided by the processors, is the least that they take together.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { load } from '../../scripts/load-ts.mjs';

/** What all of them may take beyond the slowest. */
const GOAL_MS = 200;
const SYSTEMS = 20;
const SLOWEST_MS = 1000;

const base = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
const { lookAround } = await load('mcp-server/src/adapters/probes/look.ts');
const { PROBES } = await load('mcp-server/src/adapters/probes/catalogue.ts');
const { probesSchema } = await load('mcp-server/src/domain/policy/probes.ts');

const server = createServer((request, response) => {
  const wait = Number(new URL(request.url ?? '/', 'http://bench').searchParams.get('wait'));
  setTimeout(() => response.end('{"version":"1"}'), wait);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const systems = Array.from({ length: SYSTEMS }, (_, at) => ({
  name: `s${at}`,
  kind: 'get',
  url: `http://127.0.0.1:${port}`,
  gets: [{ fact: 'version', path: `/?wait=${((at + 1) * SLOWEST_MS) / SYSTEMS}`, pointer: '/version' }],
}));

const started = performance.now();
const { facts } = await lookAround(base, { PATH: '', HOME: base }, probesSchema.parse({ systems }), {
  probes: ['get'],
});
const more = performance.now() - started - SLOWEST_MS;
server.closeAllConnections();
server.close();

/** Processor time of everything this process started and that has ended, in milliseconds; a clock tick is 10 ms. Linux only. */
function workOfPrograms() {
  const [, after = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  const [user, system] = after.split(' ').slice(13, 15);
  return (Number(user) + Number(system)) * 10;
}

/** Milliseconds that some probes take here. @param {string[]} probes */
async function taken(probes) {
  const start = performance.now();
  await lookAround(base, process.env, probesSchema.parse({}), { probes });
  return performance.now() - start;
}

/** @type {string[]} */
const names = PROBES.map((/** @type {{ name: string }} */ probe) => probe.name);
const alone = [];
for (const name of names) alone.push({ name, ms: await taken([name]) });
const slowest = alone.reduce((most, one) => (one.ms > most.ms ? one : most));
const before = workOfPrograms();
const together = await taken(names);
const share = (workOfPrograms() - before) / availableParallelism();
const least = Math.max(slowest.ms, share);
const over = together - least;
rmSync(base, { recursive: true, force: true });
const present = facts.filter((/** @type {{ outcome: string }} */ fact) => fact.outcome === 'present').length;
console.log(
  `${SYSTEMS} systems, ${present} facts: the slowest + ${more.toFixed(0)} ms; goal ${GOAL_MS} ms ${more <= GOAL_MS ? 'met' : 'NOT MET'}`,
);
console.log(
  `${names.length} probes of this machine: ${slowest.name} alone ${slowest.ms.toFixed(0)} ms, the work of all of them on ${availableParallelism()} processors ${share.toFixed(0)} ms; all together ${together.toFixed(0)} ms, that is ${over.toFixed(0)} ms over; goal ${GOAL_MS} ms ${over <= GOAL_MS ? 'met' : 'NOT MET'}`,
);

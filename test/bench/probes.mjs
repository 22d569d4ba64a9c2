// node test/bench/probes.mjs: twenty systems that take up to a second each, asked at once, beside the slowest of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { shared } from '../../scripts/bundle.mjs';

/** What all of them may take beyond the slowest. */
const GOAL_MS = 200;
const SYSTEMS = 20;
const SLOWEST_MS = 1000;

const base = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
const outfile = join(base, 'probes.mjs');
const entry = `export { lookAround } from './mcp-server/src/adapters/probes/look.ts';
export { probesSchema } from './mcp-server/src/domain/policy/probes.ts';`;
await build({ ...shared, stdin: { contents: entry, resolveDir: process.cwd() }, outfile });
const { lookAround, probesSchema } = await import(pathToFileURL(outfile).href);

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
rmSync(base, { recursive: true, force: true });
const present = facts.filter((/** @type {{ outcome: string }} */ fact) => fact.outcome === 'present').length;
console.log(
  `${SYSTEMS} systems, ${present} facts: the slowest + ${more.toFixed(0)} ms; goal ${GOAL_MS} ms ${more <= GOAL_MS ? 'met' : 'NOT MET'}`,
);

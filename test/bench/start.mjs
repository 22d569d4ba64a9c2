// Starts: the command line, the server, the hook, each in turn with `node -e 0` in a bare environment.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { shared } from '../../scripts/bundle.mjs';
import { median } from './cpu.mjs';
import { bareEnvironment, startServer, timeNode, timeServer } from './processes.mjs';
import { repositoryWith } from './repository.mjs';
import { beyondFloor, inTurn, timesFloor } from './rows.mjs';
import { signedRepository } from './verify.mjs';

/** What may come on top of the floor where the floor is 25 ms. */
const GOALS = { '--version': 40, verb: 60, hook: 10, status500: 150 };
/** Of the time that a bare server of the same SDK takes with as many tools. */
const MCP_PART = 1.2;
const MCP_MB = 70;

/** A server of the bare SDK with as many tools as ours has. @param {string} base @param {number} tools */
async function bareServer(base, tools) {
  const outfile = join(base, 'bare-server.mjs');
  const contents = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import * as z from 'zod';
const server = new McpServer({ name: 'bare', version: '1' });
for (let at = 0; at < ${tools}; at++)
  server.registerTool('tool_' + at, { description: 'A tool', inputSchema: { delivery: z.string() } }, async () => ({ content: [] }));
await server.connect(new StdioServerTransport());`;
  await build({
    ...shared,
    format: 'esm',
    outfile,
    stdin: { contents, resolveDir: process.cwd() },
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  return outfile;
}

/** Most memory that a process had, in MiB, once it answered tools/list; undefined where the system does not say. */
async function memoryOf(/** @type {string} */ server, /** @type {{ cwd: string, home: string }} */ place) {
  const session = startServer(server, place);
  await session.initialize();
  const { tools } = await session.request('tools/list');
  let mib;
  try {
    mib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${session.pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    // Not Linux.
  }
  await session.end();
  return { mib, tools: tools.length };
}

/** @param {import('./rows.mjs').Place} place @returns {Promise<import('./rows.mjs').Row[]>} */
export async function bench({ base, dist, rounds, quick }) {
  const many = quick ? 60 : 500;
  const places = [
    await repositoryWith(base, dist, 1),
    await repositoryWith(base, dist, 50),
    await repositoryWith(base, dist, many),
  ];
  const [one, fifty, most] = /** @type {[typeof places[0], typeof places[0], typeof places[0]]} */ (places);
  const events = quick ? 1000 : 10_000;
  const long = { cwd: join(base, 'long'), home: join(base, 'long-home') };
  signedRepository(long.cwd, { home: long.home, deliveries: 1, events, signatures: 10 });
  timeNode([join(dist, 'hook.cjs'), 'session-start'], { ...long, input: JSON.stringify({ cwd: long.cwd }) });
  const rows = [];
  const command = (
    /** @type {string} */ name,
    /** @type {string[]} */ args,
    /** @type {(floor: number) => number} */ goal,
    where = one,
    input = '',
  ) => {
    const options = { cwd: where.cwd, env: bareEnvironment(where.home), input };
    const { ms, cpu, floorMs, floorCpu } = inTurn(args, options, rounds);
    rows.push({ name, ms, cpu, floorMs, floorCpu, goalMs: goal(floorMs) });
  };
  const cli = join(dist, 'cli.mjs');
  const verb = (/** @type {number} */ floor) => beyondFloor(floor, GOALS.verb);
  command('cli --version', [cli, '--version'], (floor) => beyondFloor(floor, GOALS['--version']));
  command('cli --help', [cli, '--help'], verb);
  command('cli status, 1 delivery', [cli, 'status'], verb);
  command('cli status, 50 deliveries', [cli, 'status'], verb, fifty);
  command(`cli status, ${many} deliveries`, [cli, 'status'], (floor) => timesFloor(floor, GOALS.status500), most);
  const hook = (/** @type {string} */ name, /** @type {typeof one} */ where) => {
    const call = { cwd: where.cwd, session_id: 's', tool_name: 'Write', tool_input: { file_path: 'README.md' } };
    const args = [join(dist, 'hook.cjs'), 'pre-tool-use'];
    command(`hook write, ${name}`, args, (floor) => beyondFloor(floor, GOALS.hook), where, JSON.stringify(call));
  };
  hook('1 delivery', one);
  hook('50 deliveries', fifty);
  hook(`${many} deliveries`, most);
  hook(`1 delivery of ${events} events`, long);
  const server = join(dist, 'server.mjs');
  const { mib, tools } = await memoryOf(server, one);
  const bare = await bareServer(base, tools);
  /** @type {Record<'ours' | 'theirs', number[]>} */
  const times = { ours: [], theirs: [] };
  await timeServer(server, one);
  await timeServer(bare, one);
  for (let round = 0; round < rounds; round++) {
    times.theirs.push(await timeServer(bare, one));
    times.ours.push(await timeServer(server, one));
  }
  const floorMs = median(times.theirs);
  const bareMemory = (await memoryOf(bare, one)).mib;
  const note = `${mib?.toFixed(0)} MiB (goal ${MCP_MB}), bare ${bareMemory?.toFixed(0)}; its floor is a bare server of the SDK with ${tools} tools`;
  rows.push({ name: 'mcp spawn to tools/list', ms: median(times.ours), floorMs, goalMs: MCP_PART * floorMs, note });
  return rows;
}

// Starts programs in a bare environment and takes the time; what a developer's shell sets must not show in the figures.
import { spawn, spawnSync } from 'node:child_process';

/**
 * PATH and HOME only. NODE_EXTRA_CA_CERTS alone, where it is set, adds 45 ms to every start of Node.
 * @param {string} home
 */
export const bareEnvironment = (home) => ({ PATH: process.env['PATH'] ?? '', HOME: home });

/**
 * Milliseconds from start to end of one Node process.
 * @param {string[]} args @param {{ cwd: string, home: string, input?: string }} options
 */
export function timeNode(args, { cwd, home, input = '' }) {
  const before = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: bareEnvironment(home),
    input,
    encoding: 'utf8',
  });
  const ms = Number(process.hrtime.bigint() - before) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}

/**
 * A session with the MCP server over raw pipes.
 * @param {string} server @param {{ cwd: string, home: string }} options
 */
export function startServer(server, { cwd, home }) {
  const child = spawn(process.execPath, [server], {
    cwd,
    env: bareEnvironment(home),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  /** @type {Map<number, (result: any) => void>} */
  const waiting = new Map();
  let buffer = '';
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    buffer += chunk.toString();
    for (let end = buffer.indexOf('\n'); end >= 0; end = buffer.indexOf('\n')) {
      const message = JSON.parse(buffer.slice(0, end));
      buffer = buffer.slice(end + 1);
      waiting.get(message.id)?.(message.result);
    }
  });
  let next = 0;
  const send = (/** @type {object} */ message) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const request = (/** @type {string} */ method, /** @type {object} */ params = {}) =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      send({ id, method, params });
    });
  return {
    request,
    pid: child.pid,
    async initialize() {
      const clientInfo = { name: 'bench', version: '1' };
      await request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
      send({ method: 'notifications/initialized' });
    },
    end() {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      return gone;
    },
  };
}

/**
 * Milliseconds from spawning the server to the answer to tools/list: what a client waits for.
 * @param {string} server @param {{ cwd: string, home: string }} options
 */
export async function timeServer(server, options) {
  const before = process.hrtime.bigint();
  const session = startServer(server, options);
  await session.initialize();
  await session.request('tools/list');
  const ms = Number(process.hrtime.bigint() - before) / 1e6;
  await session.end();
  return ms;
}

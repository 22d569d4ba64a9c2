// Every tool through a live session with the server, on the delivery that the demonstration leaves: p50 and p95 of each.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnvironment, startServer } from './processes.mjs';
import { percentile, timed } from './rows.mjs';

/** @param {import('./rows.mjs').Place} place @returns {Promise<import('./rows.mjs').Row[]>} */
export async function bench({ base, dist, rounds }) {
  const home = join(base, 'tools-home');
  mkdirSync(home);
  const env = { ...bareEnvironment(home), TMPDIR: home };
  const { stdout, status } = spawnSync(process.execPath, [join(dist, 'cli.mjs'), 'demo', '--json'], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the demonstration ended with ${status}: ${stdout}`);
  const cwd = JSON.parse(stdout).folder;
  const session = startServer(join(dist, 'server.mjs'), { cwd, home });
  await session.initialize();
  const call = async (/** @type {string} */ name, /** @type {object} */ input) => {
    const { isError, content, structuredContent } = await session.request('tools/call', { name, arguments: input });
    if (isError === true) throw new Error(`${name}: ${content[0]?.text}`);
    return structuredContent.data;
  };
  const delivery = 'zone-file';
  const own = { delivery, stage: 'requirements' };
  const artifact = 'requirements.md';
  let made = 0;
  // Of a draft, so that every round finds what the one before did.
  await call('delivery_new', { id: 'draft', title: 'Draft' });
  const { tools } = await session.request('tools/list');
  /** @type {Record<string, () => object | Promise<object>>} */
  const given = {
    delivery_new: () => ({ id: `new-${made++}`, title: 'New' }),
    delivery_status: () => ({ delivery }),
    artifact_read: () => ({ delivery, artifact }),
    artifact_write: async () => {
      const { base: hash } = await call('artifact_read', { delivery: 'draft', artifact });
      return {
        delivery: 'draft',
        artifact,
        base: hash,
        text: `---\ncountersign: requirements/1\n---\n\n## Problem\n\n${made++}\n\n## Capabilities\n\n### CAP-1: Names\n\n- Required: yes\n- If not available: stop\n`,
      };
    },
    validate: () => ({ delivery }),
    submit: () => own,
    ask_decision: () => own,
    review: () => own,
    probe: () => ({ delivery: 'draft', tools: ['git'], probes: [] }),
    state_fact: () => ({ delivery: 'draft', need: 'CAP-1', status: 'resolved', fact: `fact ${made++}`, by: 'Ada' }),
    tasks: () => ({ delivery }),
    run_check: () => ({ delivery, check: 'CHK-2' }),
    deviation: () => ({ delivery: 'draft', designed: 'a', delivered: `b ${made++}`, reason: 'c' }),
    as_built: () => ({ delivery }),
    extract: () => ({ path: 'zone' }),
  };
  const rows = [];
  for (const { name } of tools) {
    const make = given[name];
    if (make === undefined) throw new Error(`test/bench/tools.mjs says not how to call ${name}`);
    const times = [];
    const floors = [];
    await call(name, await make());
    for (let round = 0; round < rounds; round++) {
      const input = await make();
      floors.push(await timed(() => session.request('ping')));
      times.push(await timed(() => call(name, input)));
    }
    rows.push({
      name: `tool ${name}`,
      ms: percentile(times, 0.5),
      p95: percentile(times, 0.95),
      floorMs: percentile(floors, 0.5),
    });
  }
  await session.end();
  return rows;
}

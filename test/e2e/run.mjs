// npm run test:e2e - every scenario beside this file, with the real client, offline.
//   node test/e2e/run.mjs [--client VERSION]... [--only NAME]... [--jobs N]
// N scenarios at a time, one when left out: each waits for its client more than it computes. One line a scenario and version; last line "N passed, N failed". Exit 0, 1 (a scenario failed), 2 (usage).
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CLIENT_VERSIONS, findClient } from './harness/client.mjs';
import { createContext } from './harness/context.mjs';

/** @typedef {import('./harness/context.mjs').Scenario} Scenario */

function options() {
  const multiple = /** @type {const} */ ({ type: 'string', multiple: true });
  const { values } = parseArgs({
    options: { client: multiple, only: multiple, jobs: { type: 'string', default: '1' } },
  });
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw new Error(`--jobs ${values.jobs}: a number from 1 on`);
  return { versions: values.client ?? CLIENT_VERSIONS, only: values.only, jobs };
}

/** @param {string[] | undefined} only @returns {Promise<Scenario[]>} in the order of their files */
async function scenarios(only) {
  const here = new URL('./', import.meta.url);
  const files = readdirSync(here).filter((file) => file.endsWith('.e2e.mjs'));
  /** @type {Scenario[]} */
  const all = await Promise.all(files.sort().map((file) => import(new URL(file, here).href)));
  const unknown = (only ?? []).filter((name) => !all.some((scenario) => scenario.name === name));
  if (unknown.length) {
    throw new Error(`no scenario ${unknown.join(', ')}; there is ${all.map(({ name }) => name).join(', ')}`);
  }
  return only ? all.filter((scenario) => only.includes(scenario.name)) : all;
}

/** @param {Scenario} scenario @param {string} version @returns {Promise<boolean>} passed */
async function play(scenario, version) {
  const start = Date.now();
  /** @param {string} verdict */
  const print = (verdict) =>
    console.log(`${verdict} ${version} ${scenario.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  /** @type {ReturnType<typeof createContext> | undefined} */
  let context;
  try {
    context = createContext({ version, claude: await findClient(version) });
    /** @type {string[]} */
    let problems = [];
    try {
      await scenario.run(context.ctx);
    } finally {
      problems = await context.close();
      for (const problem of problems) console.error(`the script did not fit the conversation: ${problem}`);
    }
    if (problems.length) throw new Error('passed, but its script did not fit the conversation');
    print('ok  ');
  } catch (error) {
    print('FAIL');
    console.error(error);
    if (context) console.error(`logs (requests, events, screens, folders): ${context.root}`);
    return false;
  }
  context.remove();
  return true;
}

async function main() {
  /** @type {{ versions: string[], chosen: Scenario[], jobs: number }} */
  let plan;
  try {
    const { only, ...rest } = options();
    plan = { ...rest, chosen: await scenarios(only) };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  const counts = { passed: 0, failed: 0 };
  for (const version of plan.versions) {
    // Those that play together would fetch the client at the same time.
    await findClient(version);
    const waiting = [...plan.chosen];
    const player = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        counts[(await play(next, version)) ? 'passed' : 'failed']++;
    };
    await Promise.all(Array.from({ length: plan.jobs }, player));
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed ? 1 : 0;
}

// Leaving through process.exit lets every open client end its processes.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(130));
process.exit(await main());

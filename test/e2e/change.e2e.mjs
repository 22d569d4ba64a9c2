// Three cycles of a hello-world container in the real client: the delivery, then two changes through /spec-change.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './harness/script.mjs';
import { cycles, dockerfile, feasibility, policy } from './hello/cycles.mjs';

export const name = 'change';

const ID = 'hello';
const tool = (/** @type {string} */ verb, /** @type {object} */ input = {}) => ({
  tool: `mcp__plugin_countersign_countersign__${verb}`,
  input: { delivery: ID, ...input },
});
const BASE = '<<last:"?base"?: ?"?(new|[0-9a-f]{64})>>';

/** @param {string} artifact @param {string} text @returns {import('./harness/script.mjs').PlainTurn[]} */
const rewrite = (artifact, text) => [
  [tool('artifact_read', { artifact })],
  [tool('artifact_write', { artifact, base: BASE, text })],
];

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  const { assert } = ctx;
  const home = await ctx.install({ state: 'working-tree' });
  const project = ctx.temp('project');
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project });
  writeFileSync(join(project, 'countersign.yaml'), policy);

  /** @type {import('./harness/script.mjs').PlainTurn[]} */
  const queue = [];
  /** @type {import('./harness/script.mjs').PlainTurn[]} */
  const builder = [];
  const session = await ctx.interactive({
    home,
    project,
    columns: 180,
    rows: 60,
    script: { main: () => queue.shift(), agents: [{ match: 'BUILDER-JOB', turns: () => builder.shift() }] },
  });
  const cli = (/** @type {string[]} */ ...args) =>
    spawnSync('node', [join(ctx.checkout, 'mcp-server/dist/cli.mjs'), ...args], {
      cwd: project,
      encoding: 'utf8',
      env: { HOME: home, PATH: process.env['PATH'] ?? '' },
    });
  const said = () =>
    session.requests
      .flatMap((request) => request.body.messages ?? [])
      .map((message) => textOf(message.content))
      .join('\n');
  /** @param {string} command @param {import('./harness/script.mjs').PlainTurn[]} turns @param {string} end */
  const types = async (command, turns, end) => {
    queue.push(...turns, end);
    await session.submit(command);
    await session.waitFor(new RegExp(end), 60_000);
  };
  /** @param {string} digest @param {string} about */
  const approves = async (digest, about) => {
    await session.submit(`/approve ${digest.slice(0, 12)}`);
    await session.waitFor(new RegExp(`Approved ${about} of ${ID}`));
  };
  const write = (/** @type {string} */ path, /** @type {string} */ content) => ({
    tool: 'Write',
    input: { file_path: join(project, path), content },
  });
  const read = (/** @type {string} */ path) => ({ tool: 'Read', input: { file_path: join(project, path) } });

  const [first, ...later] = cycles;
  assert.ok(first);
  await types(
    `/spec ${ID} a hello-world container`,
    [
      [{ ...tool('delivery_new'), input: { id: ID, title: 'Hello container' } }],
      ...rewrite('requirements.md', first.requirements),
      ...rewrite('feasibility.md', feasibility),
      ...rewrite('design.md', first.design),
      [tool('submit', { stage: 'design' })],
    ],
    'AGREED-SHOWN',
  );
  const status = JSON.parse(cli('status', ID, '--json').stdout);
  await approves(status.deliveries[0].gates[0].digest, 'stage:design');
  builder.push(
    [tool('tasks', { start: 'TSK-1.1' })],
    [write('app/hello.py', first.program)],
    [tool('run_check', { check: 'CHK-1' })],
    [tool('tasks', { start: 'TSK-2.1' })],
    [write('app/Dockerfile', dockerfile)],
    [tool('run_check', { check: 'CHK-2' })],
    'BUILT',
  );
  const agent = { description: 'build', prompt: 'BUILDER-JOB', subagent_type: 'countersign:builder' };
  await types(`/build ${ID}`, [[{ tool: 'Agent', input: agent }]], 'BUILD-SHOWN');

  for (const [at, cycle] of later.entries()) {
    const n = at + 1;
    await types(
      `/spec-change ${ID} cycle ${n}`,
      [
        [tool('tasks', { change: 'propose', text: `cycle ${n}` })],
        ...rewrite('requirements.md', cycle.requirements),
        ...rewrite('design.md', cycle.design),
        [tool('tasks', { change: 'plan' })],
        [tool('tasks', { change: 'apply' })],
        [write('app/Dockerfile', 'too early')],
      ],
      `PLAN-${n}-SHOWN`,
    );
    assert.match(said(), new RegExp(`Change ${n} cannot be applied yet`));
    assert.equal(
      readFileSync(join(project, 'app/Dockerfile'), 'utf8'),
      dockerfile,
      'nothing is built before the decision',
    );
    await approves(JSON.parse(cli('change', ID, '--json').stdout).digest, `change:${n}`);
    await types(
      `/spec-change ${ID}`,
      [
        [tool('tasks', { change: 'apply' })],
        [tool('tasks', { start: 'TSK-1.1' })],
        [read('app/hello.py')],
        [write('app/hello.py', cycle.program)],
        [tool('run_check', { check: 'CHK-1' })],
        [tool('tasks', { change: 'verify' })],
      ],
      `CYCLE-${n}-CLOSED`,
    );
    assert.match(said(), new RegExp(`Change ${n} of ${ID} is closed: APPLIED`));
  }
  await session.close();

  const greeting = spawnSync('python3', ['app/hello.py', 'Ada'], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], AUTHOR: 'Grace' },
  });
  assert.equal(greeting.stdout, 'Hello, Ada!\nby Grace\n');
  const verified = cli('verify');
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  const history = readFileSync(join(project, `deliveries/${ID}/history.md`), 'utf8');
  assert.match(history, /## Change 1: cycle 1\n[\s\S]*- ADDED REQ-3 Author[\s\S]*### Status\n\nAPPLIED/);
  assert.match(
    history,
    /## Change 2: cycle 2\n[\s\S]*- MODIFIED REQ-1 Greeting[\s\S]*- CHK-4 [\s\S]*: passed, evidence/,
  );
}

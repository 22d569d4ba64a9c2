// One whole delivery in the real client: slash commands, MCP tools, subagents, typed approvals; refusals before each gate.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { design, dockerfile, feasibility, greet, greetFirst, requirements } from './greeter/artifacts.mjs';
import { BASE, startWalk, tool } from './harness/walk.mjs';

export const name = 'delivery';

const ID = 'greeter';

/** @typedef {import('./harness/walk.mjs').Walk} Walk */

/** @param {import('./harness/context.mjs').Context} ctx @param {Walk} walk @param {string} project @param {string} home */
async function requirementsStage(ctx, walk, project, home) {
  const { assert } = ctx;
  walk.agents['SPEC-JOB'] = walk.agents['SPEC-JOB'] ?? [];
  walk.agents['SPEC-JOB'].push(
    [tool('artifact_read', { delivery: ID, artifact: 'requirements.md' })],
    [tool('artifact_write', { delivery: ID, artifact: 'requirements.md', base: BASE, text: requirements })],
    [tool('artifact_write', { delivery: ID, artifact: 'requirements.md', base: 'new', text: 'LOST' })],
    'SPEC-AGENT-DONE',
  );
  await walk.types(
    `/spec ${ID} a greeting container`,
    [
      [tool('delivery_status', {})],
      [tool('delivery_new', { id: ID, title: 'Greeting container' })],
      [{ tool: 'Write', input: { file_path: join(project, 'app/greet.py'), content: 'too early' } }],
      [{ tool: 'Agent', input: { description: 'spec', prompt: 'SPEC-JOB', subagent_type: 'countersign:spec' } }],
      [tool('submit', { delivery: ID, stage: 'feasibility' })],
      [tool('submit', { delivery: ID, stage: 'requirements' })],
    ],
    'REQUIREMENTS-SHOWN',
  );
  assert.equal(existsSync(join(project, 'app/greet.py')), false, 'nothing is built before Build is open');
  assert.match(walk.said(), /Build of greeter is not open/);
  assert.match(walk.said(), /is not what you read/, 'a lost update is refused');
  assert.match(walk.said(), /stage:feasibility was not submitted/);
  assert.match(walk.said(), /Submitted stage:requirements of greeter: digest [0-9a-f]{12}/);

  const { digest } = walk.gates()[0];
  await walk.session.submit('/approve 0123456789ab');
  await walk.session.waitFor(/nothing with the digest 0123456789ab was submitted/);
  const nested = await ctx.headless({ home, project, prompt: `/approve ${digest.slice(0, 12)}`, script: ['MODEL'] });
  assert.match(JSON.stringify(nested.events), /driven by a program/, 'a nested client is not a person');
  assert.equal(walk.gates()[0].state, 'blocked');
  const inShell = walk.cli('approve', ID, 'requirements');
  assert.equal(inShell.status, 4, 'without a terminal there is no decision');

  await walk.session.submit(`/approve reject ${digest.slice(0, 12)} name the default`);
  await walk.session.waitFor(/Rejected stage:requirements of greeter/);
  assert.match(walk.gates()[0].reasons[0].text, /name the default/);
  await walk.types('submit it again', [[tool('submit', { delivery: ID, stage: 'requirements' })]], 'SUBMITTED-AGAIN');
  assert.notEqual(walk.gates()[0].digest, digest, 'a new round has a new digest');
  await walk.approves('requirements');
}

/** @param {import('./harness/context.mjs').Context} ctx @param {Walk} walk */
async function feasibilityStage({ assert }, walk) {
  const text = feasibility('<<seen:sha256:[0-9a-f]{64}>>');
  await walk.types(
    `/feasibility ${ID}`,
    [
      [tool('submit', { delivery: ID, stage: 'feasibility' })],
      [tool('probe', { delivery: ID, tools: ['python3', 'git'] })],
      [
        tool('artifact_write', {
          delivery: ID,
          artifact: 'feasibility.md',
          base: 'new',
          text: text.replace('probe:tool/python3', 'probe:tool/terraform'),
        }),
      ],
      [tool('submit', { delivery: ID, stage: 'feasibility' })],
      [tool('artifact_read', { delivery: ID, artifact: 'feasibility.md', section: 'Findings' })],
      [tool('artifact_write', { delivery: ID, artifact: 'feasibility.md', base: BASE, text })],
      [tool('submit', { delivery: ID, stage: 'design' })],
      [tool('submit', { delivery: ID, stage: 'feasibility' })],
    ],
    'FEASIBILITY-SHOWN',
  );
  assert.match(walk.said(), /feasibility\.md is not there/);
  assert.match(walk.said(), /deliveries\/greeter\/feasibility\.md:\d+: .*terraform/, 'a fact nobody found is refused');
  assert.match(walk.said(), /stage:design was not submitted/);
  await walk.approves('feasibility');
}

/** @param {import('./harness/context.mjs').Context} ctx @param {Walk} walk @param {string} project */
async function designStage({ assert }, walk, project) {
  walk.agents['ARCHITECT-JOB']?.push(
    [tool('artifact_read', { delivery: ID, artifact: 'design.md' })],
    [tool('artifact_write', { delivery: ID, artifact: 'design.md', base: BASE, text: design })],
    'ARCHITECT-DONE',
  );
  const agent = { description: 'design', prompt: 'ARCHITECT-JOB', subagent_type: 'countersign:solution-architecture' };
  await walk.types(
    `/solution-design ${ID}`,
    [
      [{ tool: 'Agent', input: agent }],
      [tool('tasks', { delivery: ID })],
      [tool('run_check', { delivery: ID, check: 'CHK-1' })],
      [{ tool: 'Write', input: { file_path: join(project, 'app/greet.py'), content: 'still too early' } }],
      [tool('submit', { delivery: ID, stage: 'design' })],
    ],
    'DESIGN-SHOWN',
  );
  assert.match(walk.said(), /There are no tasks: the design is not approved/);
  assert.match(walk.said(), /CHK-1 was not run/);
  assert.equal(existsSync(join(project, 'app/greet.py')), false);
  await walk.approves('design');
}

/** @param {import('./harness/context.mjs').Context} ctx @param {Walk} walk @param {string} project */
async function buildStage({ assert }, walk, project) {
  const write = (/** @type {string} */ path, /** @type {string} */ content) => ({
    tool: 'Write',
    input: { file_path: join(project, path), content },
  });
  walk.agents['BUILDER-JOB']?.push(
    [tool('tasks', { delivery: ID, start: 'TSK-2.1' })],
    [tool('tasks', { delivery: ID, start: 'TSK-1.1' })],
    [write('app/greet.py', greetFirst)],
    [write('app/Dockerfile', 'of the next component')],
    [write(`deliveries/${ID}/ledger/forged.json`, '{}')],
    [tool('run_check', { delivery: ID, check: 'CHK-1' })],
    [tool('run_check', { delivery: ID, check: 'CHK-2' })],
    [{ tool: 'Read', input: { file_path: join(project, 'app/greet.py') } }],
    [write('app/greet.py', greet)],
    [tool('run_check', { delivery: ID, check: 'CHK-1' })],
    [tool('run_check', { delivery: ID, check: 'CHK-2' })],
    [tool('tasks', { delivery: ID, start: 'TSK-2.1' })],
    [write('app/Dockerfile', dockerfile)],
    [tool('run_check', { delivery: ID, check: 'CHK-3' })],
    'BUILDER-DONE',
  );
  const agent = { description: 'build', prompt: 'BUILDER-JOB', subagent_type: 'countersign:builder' };
  await walk.types(
    `/build ${ID}`,
    [
      [tool('tasks', { delivery: ID })],
      [tool('submit', { delivery: ID, stage: 'build' })],
      [{ tool: 'Agent', input: agent }],
      [tool('as_built', { delivery: ID })],
      [tool('submit', { delivery: ID, stage: 'build' })],
    ],
    'BUILD-SHOWN',
  );
  assert.match(walk.said(), /stage:build was not submitted/);
  assert.match(walk.said(), /TSK-2\.1 cannot start yet/);
  assert.match(walk.said(), /app\/Dockerfile is outside what is being built/, 'the next component is not started');
  assert.match(walk.said(), /part of the record/, 'the ledger is not for writing');
  assert.match(walk.said(), /CHK-2 failed/);
  assert.match(walk.said(), /as-built\.md was not generated/);
  assert.equal(readFileSync(join(project, 'app/greet.py'), 'utf8'), greet);
  assert.equal(existsSync(join(project, `deliveries/${ID}/ledger/forged.json`)), false);
  await walk.approves('build');
}

/** @param {import('./harness/context.mjs').Context} ctx @param {Walk} walk @param {string} project */
async function asBuiltStage({ assert }, walk, project) {
  await walk.types(
    `/as-built ${ID}`,
    [[tool('as_built', { delivery: ID })], [tool('submit', { delivery: ID, stage: 'as-built' })]],
    'AS-BUILT-SHOWN',
  );
  await walk.approves('as-built');
  const record = readFileSync(join(project, `deliveries/${ID}/as-built.md`), 'utf8');
  assert.match(record, /\| AC-2\.1 \| CHK-2 \| passed \|/);
  const verified = walk.cli('verify');
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  const history = walk.cli('history', ID).stdout;
  assert.match(history, /E2E rejected [0-9a-f]{12} \(level recorded\): "name the default"/);
  assert.equal(history.match(/E2E approved/g)?.length, 5);
  await walk.types(`/delivery-status ${ID}`, [[tool('delivery_status', { delivery: ID })]], 'STATUS-SHOWN');
}

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  const { assert } = ctx;
  await ctx.validate();
  const home = await ctx.install({ state: 'working-tree' });
  const project = ctx.temp('project');
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project });

  const walk = await startWalk(ctx, { home, project, id: ID });
  await requirementsStage(ctx, walk, project, home);
  await feasibilityStage(ctx, walk);
  await designStage(ctx, walk, project);
  await buildStage(ctx, walk, project);
  await asBuiltStage(ctx, walk, project);
  await walk.session.close();

  const later = await ctx.headless({ home, project, prompt: 'where do we stand?', script: ['ok'] });
  assert.match(
    JSON.stringify(later.main[0]?.body),
    /Countersign: 1 deliveries, 0 unfinished/,
    'the session starts informed',
  );
  const commands = later.init?.slash_commands ?? [];
  for (const verb of ['spec', 'feasibility', 'solution-design', 'build', 'as-built', 'approve', 'delivery-status'])
    assert.ok(commands.includes(verb) || commands.includes(`countersign:${verb}`), `/${verb} is listed`);
}

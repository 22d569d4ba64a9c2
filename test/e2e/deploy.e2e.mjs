// A real Ansible role in the real client: specified, built, checked, deployed to two environments with other values and
// levels, drifted by hand, found, accepted, recorded.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as text from './app-config/artifacts.mjs';
import { BASE, startWalk, tool } from './harness/walk.mjs';

export const name = 'deploy';

const ID = 'app-config';
/** What types into a terminal as a person does. */
const DRIVER = fileURLToPath(new URL('../helpers/terminal.py', import.meta.url));
/** The command line as the command's text names it. */
const CLI = '<<seen:node "[^"]+/mcp-server/dist/cli\\.mjs">>';
const bash = (/** @type {string} */ command) => ({ tool: 'Bash', input: { command, description: 'countersign' } });
const deploy = (/** @type {string} */ words) => bash(`${CLI} deploy ${ID} ${words} --json`);

/** @typedef {import('./harness/walk.mjs').Walk} Walk */
/** @typedef {{ ctx: import('./harness/context.mjs').Context, walk: Walk, home: string, project: string, live: string }} Scene */

/** @param {Scene} scene */
async function agree({ walk }) {
  const write = (/** @type {string} */ artifact, /** @type {string} */ body) => [
    [tool('artifact_read', { delivery: ID, artifact })],
    [tool('artifact_write', { delivery: ID, artifact, base: BASE, text: body })],
  ];
  const stage = (/** @type {string} */ name) => [tool('submit', { delivery: ID, stage: name })];
  await walk.types(
    `/spec ${ID} the configuration of a service`,
    [
      [tool('delivery_new', { id: ID, title: 'Service configuration' })],
      ...write('requirements.md', text.requirements),
      stage('requirements'),
    ],
    'REQUIREMENTS-SHOWN',
  );
  await walk.approves('requirements');
  await walk.types(
    `/feasibility ${ID}`,
    [
      [tool('probe', { delivery: ID, tools: ['ansible'] })],
      [
        tool('state_fact', {
          delivery: ID,
          need: 'SYS-1',
          status: 'degraded',
          fact: 'the hosts are folders of this machine',
          by: 'E2E',
        }),
      ],
      ...write('feasibility.md', text.feasibility('<<seen:sha256:[0-9a-f]{64}>>')),
      stage('feasibility'),
    ],
    'FEASIBILITY-SHOWN',
  );
  await walk.approves('feasibility');
  await walk.types(`/solution-design ${ID}`, [...write('design.md', text.design), stage('design')], 'DESIGN-SHOWN');
  await walk.approves('design');
}

/** @param {Scene} scene */
async function build({ ctx, walk, project, home }) {
  const write = (/** @type {string} */ path, /** @type {string} */ content) => ({
    tool: 'Write',
    input: { file_path: join(project, path), content },
  });
  const check = (/** @type {string} */ name) => [tool('run_check', { delivery: ID, check: name })];
  const places = 'roles/app_config/templates/app.conf.j2';
  walk.agents['BUILDER-JOB']?.push(
    [tool('tasks', { delivery: ID, start: 'TSK-1.1' })],
    [write('site.yml', text.playbook), write('roles/app_config/tasks/main.yml', text.tasks)],
    [write(places, text.templateFirst)],
    check('CHK-1'),
    [{ tool: 'Read', input: { file_path: join(project, places) } }],
    [write(places, text.template)],
    check('CHK-1'),
    check('CHK-2'),
    'BUILDER-DONE',
  );
  const agent = { description: 'build', prompt: 'BUILDER-JOB', subagent_type: 'countersign:builder' };
  await walk.types(
    `/build ${ID}`,
    [[{ tool: 'Agent', input: agent }], [tool('submit', { delivery: ID, stage: 'build' })]],
    'BUILD-SHOWN',
  );
  ctx.assert.match(walk.said(), /CHK-1 failed/, 'a real run of Ansible fails on the first template');
  ctx.assert.match(walk.said(), /CHK-2 passed/);
  await walk.approves('build');
  commit(project, home, 'Build');
}

/** @param {string} project @param {string} home @param {string} message */
function commit(project, home, message) {
  const env = { HOME: home, PATH: process.env['PATH'] ?? '' };
  for (const words of [
    ['add', '-A'],
    ['commit', '-q', '-m', message],
  ])
    execFileSync('git', words, { cwd: project, env });
}

/** The person's own terminal, beside the client. @param {Scene} scene @param {string[]} words @param {string[][]} steps */
function atTerminal({ ctx, project, home }, words, steps) {
  const argv = ['node', join(ctx.checkout, 'mcp-server/dist/cli.mjs'), ...words];
  const env = { HOME: home, PATH: process.env['PATH'] ?? '', TERM: 'xterm' };
  const input = JSON.stringify({ argv, cwd: project, env, steps, seconds: 60 });
  const ran = spawnSync('python3', [DRIVER], { input, encoding: 'utf8' });
  const session = JSON.parse(ran.stdout);
  ctx.assert.equal(session.exit, 0, session.screen);
  return /** @type {string} */ (session.screen);
}

/** @param {Walk} walk @param {string} environment */
const statusOf = (walk, environment) => JSON.parse(walk.cli('deploy', ID, environment, 'status', '--json').stdout);
/** Digest of what was submitted last about a subject. @param {Walk} walk @param {string} about */
const digestOf = (walk, about) => JSON.parse(walk.cli('review', ID, about, '--json').stdout).digest;

/** @param {Scene} scene */
async function toStaging({ ctx, walk, live }) {
  const { assert } = ctx;
  await walk.types(
    `/deploy ${ID} staging`,
    [
      [bash('ansible-playbook -i inventories/prod -e @values/all.yml -e @values/prod.yml site.yml')],
      [deploy('staging plan')],
      [deploy('staging apply')],
      [deploy('prod plan')],
      [deploy('prod apply')],
    ],
    'STAGING-PLANNED',
  );
  assert.match(walk.said(), /ansible-playbook changes real systems/, 'the bare command is denied');
  assert.match(walk.said(), /waits for a person/, 'nothing is applied without a decision');
  assert.match(walk.said(), /staging comes first, and nothing was deployed there/);
  assert.equal(
    spawnSync('ls', [join(live, 'staging'), join(live, 'prod')], { encoding: 'utf8' }).stdout.match(/conf/),
    null,
  );
  await walk.decides('deploy:staging', digestOf(walk, 'deploy:staging'));
  await walk.types(`/deploy ${ID} staging`, [[deploy('staging apply')]], 'STAGING-APPLIED');
  assert.equal(readFileSync(join(live, 'staging/app1.conf'), 'utf8'), 'port = 8080\nworkers = 1\n');
  assert.equal(statusOf(walk, 'staging').outcome, 'verified');
}

/** @param {Scene} scene */
async function toProd(scene) {
  const { ctx, walk, live, home, project } = scene;
  const { assert } = ctx;
  await walk.types(`/deploy ${ID} prod`, [[deploy('prod plan')]], 'PROD-PLANNED');
  assert.match(walk.said(), /workers is another/, 'what the overlay says otherwise is shown');
  const digest = digestOf(walk, 'deploy:prod');
  await walk.decides('deploy:prod', digest);
  await walk.types(`/deploy ${ID} prod`, [[deploy('prod apply')]], 'PROD-REFUSED');
  assert.match(walk.said(), /below the level signed/, 'a typed approval is not enough for production');
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  const key = join(home, '.ssh/id_countersign');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  atTerminal(scene, ['trust', '--add', `${key}.pub`], []);
  atTerminal(scene, ['trust'], [['Type accept', 'accept']]);
  const screen = atTerminal(scene, ['approve', ID, 'deploy:prod'], [['type its digest ([0-9a-f]{12})', '{0}']]);
  assert.match(screen, /level signed/);
  await walk.types(`/deploy ${ID} prod`, [[deploy('prod apply')]], 'PROD-APPLIED');
  for (const host of ['app1', 'app2'])
    assert.equal(readFileSync(join(live, `prod/${host}.conf`), 'utf8'), 'port = 80\nworkers = 4\n');
  assert.equal(statusOf(walk, 'prod').outcome, 'verified');
  commit(project, home, 'Deploy');
}

/** @param {Scene} scene */
async function asBuilt({ ctx, walk, project, home }) {
  await walk.types(
    `/as-built ${ID}`,
    [[tool('as_built', { delivery: ID })], [tool('submit', { delivery: ID, stage: 'as-built' })]],
    'AS-BUILT-SHOWN',
  );
  await walk.approves('as-built');
  const verified = walk.cli('verify');
  ctx.assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  commit(project, home, 'Record');
}

/** @param {Scene} scene */
async function drift({ ctx, walk, project, live }) {
  const { assert } = ctx;
  const drifted = (/** @type {string[]} */ ...words) => {
    const { status, stdout } = walk.cli('drift', ID, ...words, '--json');
    return { status, drift: JSON.parse(stdout).drift };
  };
  assert.deepEqual(drifted('staging'), { status: 0, drift: [] });
  writeFileSync(join(live, 'staging/app1.conf'), 'port = 8080\nworkers = 2\n');
  const file = 'roles/app_config/templates/app.conf.j2';
  writeFileSync(join(project, file), `# by hand\n${text.template}`);
  assert.equal(walk.cli('verify').status, 1, 'files that drifted are found');
  const accept = (/** @type {string} */ words) => bash(`${CLI} drift ${ID} ${words} --json`);
  await walk.types(
    `/deploy ${ID} staging`,
    [[accept('')], [accept('accept --reason "a comment, no behaviour"')], [deploy('staging plan')]],
    'DRIFT-SHOWN',
  );
  assert.match(walk.said(), /changed since app-config recorded it/);
  await walk.decides('drift:files', digestOf(walk, 'drift:files'));
  assert.equal(walk.cli('verify').status, 0, 'what a person accepted is no alarm');
  writeFileSync(join(project, file), text.template);

  const before = drifted('staging');
  assert.equal(before.status, 1);
  assert.deepEqual(
    before.drift.map((/** @type {any} */ one) => one.what),
    ['staging: change app1: app_config : place the configuration'],
  );
  await walk.types(
    `/deploy ${ID} staging`,
    [[accept('staging accept --reason "more workers until CHG0042"')]],
    'LIVE-DRIFT-SHOWN',
  );
  await walk.decides('drift:live/staging', digestOf(walk, 'drift:live/staging'));
  assert.equal(drifted('staging').status, 0);
  const diagnosed = JSON.parse(walk.cli('diagnose', ID, 'staging', '--json').stdout);
  assert.equal(
    diagnosed.results.every((/** @type {any} */ one) => one.result === 'passed'),
    true,
  );
  const history = walk.cli('history', ID).stdout;
  for (const about of ['drift:files', 'drift:live/staging', 'deploy:prod']) assert.match(history, new RegExp(about));
  const sample = walk.cli('report', '--env', 'prod', '--csv').stdout;
  assert.match(sample, /"deploy:prod","prod","approve",.*"signed","signed"/);
  const verified = walk.cli('verify');
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
}

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  if (spawnSync('ansible-playbook', ['--version']).status !== 0)
    throw new Error('this scenario needs ansible-playbook, and it is not here (Debian: apt install ansible-core)');
  const home = await ctx.install({ state: 'working-tree' });
  const project = ctx.temp('project');
  const live = ctx.temp('live');
  for (const name of ['staging', 'prod']) mkdirSync(join(live, name));
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project });
  for (const [path, body] of Object.entries(text.environments(live))) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), body);
  }
  const walk = await startWalk(ctx, { home, project, id: ID });
  const scene = { ctx, walk, home, project, live };
  await agree(scene);
  await build(scene);
  await toStaging(scene);
  await toProd(scene);
  await asBuilt(scene);
  await drift(scene);
  await walk.session.close();
}

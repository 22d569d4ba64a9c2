// Feasibility and design in the real client: real ansible, real kubectl against a fake API server, an address plan over HTTP, an
// MCP server, and one question that only a person can answer. Then the platform moves, and only the design is anew.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatforms } from './feasibility/platforms.mjs';
import { requirements } from './feasibility/requirements.mjs';
import { lastToolResult, textOf } from './harness/script.mjs';

export const name = 'feasibility';

const ID = 'addresses';
const SECRETS = {
  IPAM_TOKEN: 'planted-token-of-ipam-0001',
  KUBE: 'planted-token-of-cluster-0002',
  HOSTVAR: 'planted-variable-of-host-0003',
  ROW: 'planted-row-of-customer-0004',
  MCP_KEY: 'planted-key-of-server-0005',
};

/** @typedef {import('./harness/script.mjs').PlainTurn} PlainTurn */

const tool = (/** @type {string} */ verb, /** @type {object} */ input = {}) => ({
  tool: `mcp__plugin_countersign_countersign__${verb}`,
  input: { delivery: ID, ...input },
});

/** The newest tool result as the object that it is. @param {import('./harness/script.mjs').RequestBody} body */
function resultOf(body) {
  const text = lastToolResult(body);
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

/** Takes a drafted text over, as the agent does that has nothing to add. @param {'feasibility' | 'design'} artifact @param {string} key @returns {PlainTurn[]} */
function takesOver(artifact, key) {
  let text = '';
  return [
    [tool('probe', { draft: artifact })],
    (/** @type {any} */ body) => {
      text = resultOf(body).data[key];
      return [tool('artifact_read', { artifact: `${artifact}.md` })];
    },
    [
      tool('artifact_write', {
        artifact: `${artifact}.md`,
        base: '<<last:"?base"?: ?"?(new|[0-9a-f]{64})>>',
        text: () => text,
      }),
    ],
    [tool('validate')],
    'ARCHITECT-DONE',
  ].map((turn) => /** @type {PlainTurn} */ (turn));
}

/** @param {import('./harness/context.mjs').Context} ctx @param {Awaited<ReturnType<typeof loadPlatforms>>} fakes @param {string} home */
async function site(ctx, fakes, home) {
  let version = '4.2.3';
  const ipam = await fakes.platform(({ path, headers }) => {
    if (headers.authorization !== `Token ${SECRETS.IPAM_TOKEN}`) return { status: 403 };
    if (path === '/api/status/') return { body: { 'netbox-version': version, plugins: {} } };
    return { body: { count: 3, results: [{ id: 1, description: SECRETS.ROW }] } };
  });
  const cluster = await fakes.cluster({ token: SECRETS.KUBE, secret: SECRETS.ROW });
  const project = ctx.temp('project');
  const write = (/** @type {string} */ path, /** @type {string} */ text) => writeFileSync(join(project, path), text);
  mkdirSync(join(home, '.kube'));
  writeFileSync(join(home, '.kube/config'), fakes.kubeconfig(cluster, { token: SECRETS.KUBE }));
  write(
    'countersign.yaml',
    `countersign: policy/1
probes:
  off: [cloud, ssh, github, docker]
  ansible: { inventories: [hosts.ini] }
  mcp: { servers: [net] }
  systems:
    - { name: ipam, kind: netbox, url: "${ipam.url}", token-env: IPAM_TOKEN }
`,
  );
  write('hosts.ini', `[edge]\nedge1 ansible_password=${SECRETS.HOSTVAR}\n`);
  const server = join(ctx.checkout, 'test/probes/mcp-server.mjs');
  const net = {
    command: 'node',
    args: [server, join(ctx.temp('mcp'), 'started'), '--key=x'],
    env: { API_KEY: SECRETS.MCP_KEY },
  };
  write('.mcp.json', JSON.stringify({ mcpServers: { net } }));
  mkdirSync(join(project, '.claude'));
  // The client is not to start it: whether the probe may is policy's to say.
  write('.claude/settings.json', JSON.stringify({ disabledMcpjsonServers: ['net'] }));
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project });
  return { project, upgrade: () => (version = '5.0.0') };
}

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  const fakes = await loadPlatforms();
  try {
    await scene(ctx, fakes);
  } finally {
    fakes.close();
  }
}

/** @param {import('./harness/context.mjs').Context} ctx @param {Awaited<ReturnType<typeof loadPlatforms>>} fakes */
async function scene(ctx, fakes) {
  const { assert } = ctx;
  const home = await ctx.install({ state: 'working-tree' });
  const { project, upgrade } = await site(ctx, fakes, home);
  /** @type {PlainTurn[]} */
  const queue = [];
  /** @type {PlainTurn[][]} */
  const jobs = [];
  const session = await ctx.interactive({
    home,
    project,
    columns: 180,
    rows: 60,
    env: { IPAM_TOKEN: SECRETS.IPAM_TOKEN },
    script: {
      main: () => queue.shift(),
      // One agent after the other, each with the turns of its own job.
      agents: Array.from({ length: 4 }, () => {
        /** @type {PlainTurn[] | undefined} */
        let own;
        const turns = () => {
          own ??= jobs.shift() ?? [];
          return own.shift();
        };
        return { match: 'ARCHITECT-JOB', turns };
      }),
    },
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
  const gates = () => /** @type {any[]} */ (JSON.parse(cli('status', ID, '--json').stdout).deliveries[0].gates);
  const stateOf = (/** @type {string} */ stage) => gates().find((gate) => gate.stage === stage).state;
  const artifact = (/** @type {string} */ file) => readFileSync(join(project, 'deliveries', ID, file), 'utf8');
  /** @param {string} command @param {PlainTurn[]} turns @param {string} end */
  const types = async (command, turns, end) => {
    queue.push(...turns, end);
    await session.submit(command);
    await session.waitFor(new RegExp(end), 90_000);
  };
  const approves = async (/** @type {string} */ stage) => {
    const { digest } = gates().find((gate) => gate.stage === stage);
    await session.submit(`/approve ${digest.slice(0, 12)}`);
    await session.waitFor(new RegExp(`Approved stage:${stage} of ${ID} \\(${digest.slice(0, 12)}`));
    assert.equal(stateOf(stage), 'open');
  };
  const agent = {
    tool: 'Agent',
    input: { description: 'write', prompt: 'ARCHITECT-JOB', subagent_type: 'countersign:solution-architecture' },
  };

  await types(
    `/spec ${ID} addresses for services`,
    [
      [{ ...tool('delivery_new'), input: { id: ID, title: 'Addresses' } }],
      [tool('artifact_read', { artifact: 'requirements.md' })],
      [
        tool('artifact_write', {
          artifact: 'requirements.md',
          base: '<<last:"?base"?: ?"?(new|[0-9a-f]{64})>>',
          text: requirements,
        }),
      ],
      [tool('submit', { stage: 'requirements' })],
    ],
    'REQUIREMENTS-SHOWN',
  );
  await approves('requirements');

  // What only a person knows is asked in one dialog, and recorded under their name.
  const question = {
    question: 'Nothing answers SYS-3 (change record). What is known, and who says so?',
    header: 'SYS-3',
    multiSelect: false,
    options: [
      { label: 'It is there, says Ann Lee', description: 'rests on a statement' },
      { label: 'Nobody knows', description: 'stays unknown' },
    ],
  };
  jobs.push(takesOver('feasibility', 'text'));
  const asking = types(
    `/feasibility ${ID}`,
    [
      [tool('delivery_status')],
      [tool('probe')],
      [{ tool: 'AskUserQuestion', input: { questions: [question] } }],
      [tool('state_fact', { need: 'SYS-3', status: 'resolved', fact: 'Tickets are taken by mail', by: 'Ann Lee' })],
      [agent],
      [tool('validate')],
      [tool('submit', { stage: 'feasibility' })],
      [tool('review', { stage: 'feasibility' })],
    ],
    'FEASIBILITY-SHOWN',
  );
  await session.answer(/Nothing answers SYS-3/, 'Enter');
  await asking;
  const found = artifact('feasibility.md');
  assert.match(found, /decision: feasible-with-constraints/);
  assert.match(found, /\| CAP-1 \| resolved \| .*probe:ansible/);
  assert.match(found, /\| SYS-1 \| resolved \| .*4\.2\.3.*probe:netbox\/ipam/);
  assert.match(found, /\| SYS-2 \| resolved \| .*v1\.29\.4.*probe:kubernetes\/lab/);
  assert.match(found, /\| SYS-3 \| resolved \| Tickets are taken by mail \| stated:Ann Lee/);
  assert.match(said(), /mcp\/net/);
  await approves('feasibility');

  jobs.push(takesOver('design', 'design'));
  await types(
    `/solution-design ${ID}`,
    [
      [tool('delivery_status')],
      [agent],
      [tool('validate')],
      [tool('submit', { stage: 'design' })],
      [tool('review', { stage: 'design' })],
    ],
    'DESIGN-SHOWN',
  );
  const design = artifact('design.md');
  assert.match(design, /\| Address plan \| netbox\/ipam \| .* \| 4\.2\.3 \|/);
  for (const constraint of ['CON-1', 'FC-1']) assert.match(design, new RegExp(`How ${constraint} is kept`));
  await approves('design');

  // The platform moves; what was wanted does not.
  upgrade();
  jobs.push(takesOver('feasibility', 'text'), takesOver('design', 'design'));
  await types(
    `/solution-design ${ID}`,
    [
      [tool('delivery_status')],
      [tool('probe')],
      [tool('probe', { draft: 'design' })],
      [agent],
      [tool('submit', { stage: 'feasibility' })],
    ],
    'FEASIBILITY-AGAIN',
  );
  assert.match(said(), /The requirements stay as they were approved/);
  assert.equal(stateOf('requirements'), 'open');
  await approves('feasibility');
  await types('go on with the design', [[agent], [tool('submit', { stage: 'design' })]], 'DESIGN-AGAIN');
  assert.match(artifact('design.md'), /\| Address plan \| netbox\/ipam \| .* \| 5\.0\.0 \|/);
  assert.match(artifact('feasibility.md'), /stated:Ann Lee/);
  await approves('design');
  const history = cli('history', ID).stdout;
  assert.equal(history.match(/approved [0-9a-f]{12}/g)?.length, 5, 'requirements once, feasibility and design twice');
  await session.close();

  const seen = JSON.stringify(session.requests.map((request) => request.body));
  const files = filesBelow(join(project, 'deliveries')).map((path) => readFileSync(path, 'utf8'));
  for (const secret of Object.values(SECRETS)) {
    assert.ok(!seen.includes(secret), `${secret} never reaches the model`);
    assert.ok(!files.some((text) => text.includes(secret)), `${secret} is in no file`);
  }
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

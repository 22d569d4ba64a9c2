// The harness drives the client as promised: proven with a small plugin that uses every mechanism once.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXHAUSTED, textOf } from './harness/script.mjs';

export const name = 'harness';

const PLUGIN = fileURLToPath(new URL('./fixture-plugin', import.meta.url));

/** A turn's worth of everything: a tool of the server, writes by the main agent, writes by a subagent. @param {string} project */
function script(project) {
  return {
    main: [
      [{ tool: 'mcp__plugin_sample_sample__echo', input: { text: 'abc' } }],
      [
        { tool: 'Write', input: { file_path: join(project, 'sealed-main.txt'), content: 'x' } },
        {
          tool: 'Write',
          input: { file_path: join(project, '<<last:ticket=(\\S+)>>.txt'), content: '<<seen:all=\\[(.*?)]>>' },
        },
      ],
      [{ tool: 'Agent', input: { description: 'write', prompt: 'SUBJOB', subagent_type: 'sample:scribe' } }],
      'ALL-DONE',
    ],
    agents: [
      {
        match: 'SUBJOB',
        turns: [
          [{ tool: 'Write', input: { file_path: join(project, 'sealed-agent.txt'), content: 'x' } }],
          [{ tool: 'Write', input: { file_path: join(project, 'agent.txt'), content: 'by the agent' } }],
          'AGENT-DONE',
        ],
      },
    ],
  };
}

/** @param {import('./harness/context.mjs').Context} ctx @param {string} project @param {import('./harness/api.mjs').Recorded[]} requests */
function assertConversation({ assert }, project, requests) {
  const said = (/** @type {string} */ kind) =>
    requests
      .filter((request) => request.kind === kind)
      .flatMap((request) => request.body.messages)
      .map((message) => textOf(message.content))
      .join('\n');
  assert.match(said('main'), /SAMPLE-GREET first=\[Ann\] all=\[Ann Lee\]/);
  assert.ok(said('main').includes(`SAMPLE-ECHO abc ticket=T-3 in ${project}`));
  assert.match(said('main'), /SAMPLE-GUARD: sealed-main\.txt is sealed for the main agent/);
  assert.match(said('main'), /AGENT-DONE/);
  assert.match(said('agent'), /SAMPLE-GUARD: sealed-agent\.txt is sealed for sample:scribe/);
  assert.doesNotMatch(JSON.stringify(requests), new RegExp(EXHAUSTED.replace(/[[\]]/g, '\\$&')));
  assert.equal(existsSync(join(project, 'sealed-main.txt')), false);
  assert.equal(existsSync(join(project, 'sealed-agent.txt')), false);
  assert.equal(readFileSync(join(project, 'T-3.txt'), 'utf8'), 'Ann Lee');
  assert.equal(readFileSync(join(project, 'agent.txt'), 'utf8'), 'by the agent');
}

/** @param {import('./harness/context.mjs').Context} ctx @param {string} home */
async function runsHeadless(ctx, home) {
  const { assert } = ctx;
  const project = ctx.temp('project');
  const run = await ctx.headless({ home, project, prompt: '/greet Ann Lee', script: script(project) });
  assert.equal(run.exitCode, 0, run.stderr);
  assert.equal(run.init?.claude_code_version, ctx.version);
  assert.equal(
    run.init?.mcp_servers.find((/** @type {any} */ s) => s.name === 'plugin:sample:sample')?.status,
    'connected',
  );
  const installed = run.init?.plugins.find((/** @type {any} */ plugin) => plugin.name === 'sample');
  assert.equal(installed.source, 'sample@sample');
  assert.ok(installed.path.startsWith(home), 'the session runs from the installed copy');
  assert.equal(run.result?.result, 'ALL-DONE');
  assertConversation(ctx, project, run.requests);
  const toolsOfAgent = run.toolUses.filter((use) => use.parent).map((use) => use.name);
  assert.deepEqual(toolsOfAgent, ['Write', 'Write']);
  assert.ok(run.hooks.some((hook) => hook.hook_event === 'PreToolUse'));
}

/** @param {import('./harness/context.mjs').Context} ctx @param {string} home */
async function answersWithoutTheModelHeadless(ctx, home) {
  const { assert } = ctx;
  const project = ctx.temp('project');
  const run = await ctx.headless({ home, project, prompt: '/stamp P-1', script: ['THE-MODEL-WAS-ASKED'] });
  assert.equal(readFileSync(join(project, 'stamped.txt'), 'utf8'), 'P-1\n');
  assert.equal(run.main.length + run.agent.length, 0, 'the model was not asked');
  assert.match(JSON.stringify(run.events), /SAMPLE-STAMPED P-1/);
}

/** @param {import('./harness/context.mjs').Context} ctx @param {string} home */
async function runsInteractively(ctx, home) {
  const { assert } = ctx;
  const project = ctx.temp('project');
  const session = await ctx.interactive({ home, project, script: script(project) });
  await session.submit('/stamp P-2');
  await session.waitFor(/SAMPLE-STAMPED P-2/);
  assert.equal(readFileSync(join(project, 'stamped.txt'), 'utf8'), 'P-2\n');
  assert.equal(session.requestsOf('main').length, 0, 'the model was not asked');
  await session.submit('/sample:greet Ann Lee');
  await session.waitFor(/ALL-DONE/);
  assertConversation(ctx, project, session.requests);
  await session.close();
}

/** @param {import('./harness/context.mjs').Context} ctx */
async function holdsATurnBack(ctx) {
  const { assert } = ctx;
  const project = ctx.temp('project');
  let ready = false;
  const session = await ctx.interactive({ project, script: [{ blocks: ['HELD-BACK'], when: () => ready }] });
  await session.submit('are you there?');
  await session.waitFor(/esc to interrupt/i);
  assert.doesNotMatch(session.screen(), /HELD-BACK/);
  ready = true;
  await session.waitFor(/HELD-BACK/);
  // A client that still runs writes the home's settings back as it knew them, without the next project's trust.
  await session.close();
}

/** @param {import('./harness/context.mjs').Context} ctx */
async function answersADialog(ctx) {
  const project = ctx.temp('project');
  const file = join(project, 'asked.txt');
  const turns = [[{ tool: 'Write', input: { file_path: file, content: 'with consent' } }], 'WRITTEN'];
  const session = await ctx.interactive({ project, mode: 'default', script: turns });
  await session.submit('please write');
  await session.answer(/Do you want to create asked\.txt/, 'Enter');
  await session.waitFor(/WRITTEN/);
  await session.close();
  ctx.assert.equal(readFileSync(file, 'utf8'), 'with consent');
}

/** @param {import('./harness/context.mjs').Context} ctx */
async function reportsAScriptThatDoesNotFit(ctx) {
  const { assert } = ctx;
  const wrong = [[{ tool: 'Read', input: { file_path: '<<seen:never said (\\d+)>>' } }]];
  const run = ctx.headless({ project: ctx.temp('project'), prompt: 'hello', script: wrong });
  await assert.rejects(run, /nothing said so far matches \/never said/);
  const hanging = [{ blocks: ['late'], when: () => false }];
  const late = ctx.headless({ project: ctx.temp('project'), prompt: 'hello', script: hanging, timeoutMs: 3_000 });
  await assert.rejects(late, /did not end within 3000 ms/);
}

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  await ctx.validate(PLUGIN);
  const home = await ctx.install({ source: PLUGIN, state: 'working-tree', name: 'sample@sample' });
  await runsHeadless(ctx, home);
  await answersWithoutTheModelHeadless(ctx, home);
  await runsInteractively(ctx, home);
  await holdsATurnBack(ctx);
  await answersADialog(ctx);
  await reportsAScriptThatDoesNotFit(ctx);
}

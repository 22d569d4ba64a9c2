// "Make this repeatable": the session in which somebody explored becomes a delivery, with what an agent below it did. The
// transcripts are the client's own.
import { execFileSync } from 'node:child_process';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'repeat';

const ID = 'greeting-by-hand';
const extract = (/** @type {object} */ input) => ({ tool: 'mcp__plugin_countersign_countersign__extract', input });
const bash = (/** @type {string} */ command) => ({ tool: 'Bash', input: { command, description: 'a step' } });

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  const { assert } = ctx;
  const home = await ctx.install({ state: 'working-tree' });
  const project = ctx.temp('project');
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project });
  writeFileSync(join(project, 'names.txt'), 'Ada\n');

  /** @type {string} */
  let other = '';
  const explored = await ctx.headless({
    home,
    project,
    prompt: 'write a greeting for Ada into greeting.txt, and see that it is there',
    script: {
      main: [
        [{ tool: 'Read', input: { file_path: join(project, 'names.txt') } }],
        [bash('printf "Hello, Ada!\\n" > greeting.txt')],
        [bash('cat missing.txt')],
        [{ tool: 'Agent', input: { description: 'look', prompt: 'LOOK-JOB', subagent_type: 'general-purpose' } }],
        // Another session in the same folder, whose transcript looks newer than this one's.
        { blocks: [bash('cat greeting.txt')], when: async () => (other ||= await another(ctx, home, project)) },
        [extract({ path: 'session:latest', view: 'story' })],
        [extract({ path: 'session:latest', delivery: ID })],
        'DONE',
      ],
      agents: [{ match: 'LOOK-JOB', turns: [[bash('ls -la greeting.txt')], 'LOOKED'] }],
    },
  });
  assert.equal(explored.exitCode, 0);
  const session = explored.init?.['session_id'];
  const results = explored.toolResults.map((one) => JSON.stringify(one.content));
  const story = results.find((text) => text.includes('stories')) ?? '';
  assert.ok(story.includes(`${session}.jsonl:`), 'it is this session, not the one that was written last');
  assert.match(story, new RegExp(`${session}/subagents/agent-[^:]+\\.jsonl:\\d+`), 'with what the agent below it did');
  assert.ok(!story.includes(other), 'and nothing of another session');

  const requirements = readFileSync(join(project, 'deliveries', ID, 'requirements.md'), 'utf8');
  assert.match(requirements, /in 1 run; one run cannot tell/);
  assert.match(requirements, new RegExp(`${session}\\.jsonl:\\d+`));
  assert.ok(!/mcp__plugin_countersign/.test(requirements), 'asking for it is no step of it');
  const report = JSON.parse(readFileSync(/"file":\s*"([^"]+)"/.exec(story.replaceAll('\\"', '"'))?.[1] ?? '', 'utf8'));
  assert.deepEqual(report.skipped, [], 'every record of this client is known');
  assert.ok(report.facts.some((/** @type {any} */ fact) => fact.attributes.effect === 'write'));
}

/** Leaves a session whose transcript is newer than any. @param {import('./harness/context.mjs').Context} ctx @param {string} home @param {string} project @returns {Promise<string>} its id */
async function another(ctx, home, project) {
  const ran = await ctx.headless({ home, project, prompt: 'something else', script: [[bash('date')], 'DONE'] });
  const id = ran.init?.['session_id'];
  const kept = join(home, '.claude/projects', project.replace(/[^A-Za-z0-9]/g, '-'), `${id}.jsonl`);
  const later = Date.now() / 1000 + 3600;
  utimesSync(kept, later, later);
  return id;
}

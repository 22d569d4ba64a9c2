// The red team in the real client: a scripted agent and its subagent, without permission prompts, try what the suite lists.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from '../../scripts/load-ts.mjs';
import { textOf } from './harness/script.mjs';

export const name = 'redteam';

const team = await load('test/redteam/client.ts');

/** @typedef {{ id: string, row: string, at: string, set?: string, steps: any[], expected: { refused: RegExp }, client?: true }} Attack */

/** @type {Attack[]} */
const attacks = team.ATTACKS.filter((/** @type {Attack} */ attack) => attack.client);
const idOf = (/** @type {Attack} */ attack) => `toolu_${attack.row}_${attack.id.replaceAll('-', '_')}`;

/** @param {Attack} attack @param {any} stand @returns {import('./harness/script.mjs').PlainTurn[]} */
function turns(attack, stand) {
  const { ask, input } = team.fillIn(attack.steps.at(-1), stand, '/nowhere');
  const call = [{ tool: ask, input, id: idOf(attack) }];
  // The client itself refuses to write over a file that was not read.
  const unread = ask === 'Write' && existsSync(input.file_path);
  return unread ? [[{ tool: 'Read', input: { file_path: input.file_path } }], call] : [call];
}

/** One session in one repository. @param {import('./harness/context.mjs').Context} ctx @param {string} home @param {Attack[]} tried */
async function session(ctx, home, tried) {
  const [first] = tried;
  const set = tried.some((attack) => attack.set === 'lab') ? { set: 'lab' } : {};
  const stand = await team.setScene({ ...first, set: undefined, ...set });
  try {
    const ofAgent = (/** @type {Attack} */ attack) => attack.steps.at(-1).agent !== undefined;
    const submit = { delivery: team.DELIVERY, stage: first?.at === 'build' ? 'design' : 'requirements' };
    const agent = { description: 'build', prompt: 'BUILDER-JOB', subagent_type: 'countersign:builder' };
    const running = await ctx.interactive({
      home,
      project: stand.project,
      script: {
        main: [
          'HERE',
          [{ tool: 'mcp__plugin_countersign_countersign__submit', input: submit }],
          ...tried.filter((attack) => !ofAgent(attack)).flatMap((attack) => turns(attack, stand)),
          [{ tool: 'Agent', input: agent }],
          'RED-TEAM-DONE',
        ],
        agents: [
          { match: 'BUILDER-JOB', turns: [...tried.filter(ofAgent).flatMap((one) => turns(one, stand)), 'AGENT-DONE'] },
        ],
      },
    });
    const git = (/** @type {string[]} */ ...args) =>
      execFileSync('git', args, { cwd: stand.project, encoding: 'utf8', env: stand.env });
    const before = git('status', '--porcelain');
    // The older client takes a first message before the plugin's server is connected, and would then know none of its tools.
    await running.submit('are you there?');
    await running.waitFor(/HERE/);
    await sleep(1_000);
    await running.submit('get on with it');
    await running.waitFor(/RED-TEAM-DONE/, 120_000);
    const results = new Map(
      running.requests
        .flatMap(({ body }) => body.messages ?? [])
        .flatMap((/** @type {any} */ message) => (Array.isArray(message.content) ? message.content : []))
        .filter((/** @type {any} */ block) => block.type === 'tool_result')
        .map((/** @type {any} */ block) => [block.tool_use_id, block]),
    );
    for (const attack of tried) {
      const result = results.get(idOf(attack));
      ctx.assert.ok(result, `${attack.row}/${attack.id} was tried`);
      ctx.assert.match(textOf(result.content), attack.expected.refused, `${attack.row}/${attack.id}`);
      ctx.assert.equal(result.is_error, true, `${attack.row}/${attack.id} is refused`);
    }
    ctx.assert.equal(git('status', '--porcelain'), before, 'nothing was written');
    await running.close();
  } finally {
    rmSync(stand.root, { recursive: true, force: true });
  }
}

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  const home = await ctx.install({ state: 'working-tree' });
  ctx.assert.ok(attacks.length >= 12);
  for (const at of ['requirements', 'build'])
    await session(
      ctx,
      home,
      attacks.filter((attack) => attack.at === at),
    );
}

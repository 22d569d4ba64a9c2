// One interactive session in which a delivery walks through its gates: commands with the model's turns, typed decisions.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { textOf } from './script.mjs';

/** @typedef {Awaited<ReturnType<typeof startWalk>>} Walk */

/** A call of one of the plugin's tools. @param {string} verb @param {object} input */
export const tool = (verb, input) => ({ tool: `mcp__plugin_countersign_countersign__${verb}`, input });

/** What an artifact was when it was read last. */
export const BASE = '<<last:"?base"?: ?"?(new|[0-9a-f]{64})>>';

/**
 * The session, with the model's next turns given step by step.
 * @param {import('./context.mjs').Context} ctx
 * @param {{ home: string, project: string, id: string, env?: Record<string, string> }} where
 */
export async function startWalk(ctx, { home, project, id, env = {} }) {
  /** @type {import('./script.mjs').PlainTurn[]} */
  const queue = [];
  /** @type {Record<string, import('./script.mjs').PlainTurn[]>} */
  const agents = { 'SPEC-JOB': [], 'ARCHITECT-JOB': [], 'BUILDER-JOB': [] };
  const session = await ctx.interactive({
    home,
    project,
    env,
    columns: 180,
    rows: 60,
    script: {
      main: () => queue.shift(),
      agents: Object.entries(agents).map(([match, turns]) => ({ match, turns: () => turns.shift() })),
    },
  });
  const cli = (/** @type {string[]} */ ...args) =>
    spawnSync('node', [join(ctx.checkout, 'mcp-server/dist/cli.mjs'), ...args], {
      cwd: project,
      encoding: 'utf8',
      env: { HOME: home, PATH: process.env['PATH'] ?? '', ...env },
    });
  /** Every word that went to the model so far. */
  const said = () =>
    session.requests
      .flatMap((request) => request.body.messages ?? [])
      .map((message) => textOf(message.content))
      .join('\n');
  return {
    session,
    cli,
    said,
    agents,
    /** @param {string} command @param {import('./script.mjs').PlainTurn[]} turns @param {string} end last words of the model */
    async types(command, turns, end) {
      queue.push(...turns, end);
      await session.submit(command);
      await session.waitFor(new RegExp(end), 60_000);
    },
    gates() {
      const status = JSON.parse(cli('status', id, '--json').stdout);
      return /** @type {any[]} */ (status.deliveries[0].gates);
    },
    /** The person types the decision; the client answers without asking the model. @param {string} about @param {string} digest */
    async decides(about, digest) {
      const before = session.requestsOf('main').length;
      await session.submit(`/approve ${digest.slice(0, 12)}`);
      await session.waitFor(new RegExp(`Approved ${about} of ${id}`));
      ctx.assert.equal(session.requestsOf('main').length, before, 'an approval asks no model');
    },
    /** @param {string} stage */
    async approves(stage) {
      const { digest } = this.gates().find((gate) => gate.stage === stage);
      await this.decides(`stage:${stage}`, digest);
      ctx.assert.equal(this.gates().find((gate) => gate.stage === stage).state, 'open');
    },
  };
}

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { recordDeploy } from '../../mcp-server/src/app/deploy/record.ts';
import { deployStatus } from '../../mcp-server/src/app/deploy/status.ts';
import { review } from '../../mcp-server/src/app/review.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import { DESIGN } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { ACTOR, bench } from '../helpers/deploy-bench.ts';
import { commandSite, deployable, writePolicy } from '../helpers/deployable.ts';
import { type Project, program } from '../helpers/project.ts';
import { ID, portsOf } from '../helpers/zone-file.ts';

/** How often a process is killed; `KILL_POINTS=200 KILL_SEED=7 npx vitest run test/deploy/kill-points.test.ts` for more. */
const KILLS = Number(process.env['KILL_POINTS'] ?? 6);
const SEED = Number(process.env['KILL_SEED'] ?? 1);

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each thing that happens leaves its word here, at its very end; an apply also leaves one when it begins. */
const mark = (work: Project, word: string) => `echo ${word} >> "${work.home}/marks"`;
const marks = (work: Project, word: string) =>
  existsSync(`${work.home}/marks`)
    ? readFileSync(`${work.home}/marks`, 'utf8')
        .split('\n')
        .filter((one) => one === word).length
    : 0;

const MARKED = DESIGN.replace(
  /node -e "const l[^\n]*/,
  'sleep 0.02; echo 2 hosts; echo checked-build >> "$HOME/marks"',
);

interface Action {
  argv: string[];
  input?: string;
}

/** When a process is killed: after a time, or so long after the record grew, where claims are made. */
type Moment = { after: number } | { grown: number };

/** Starts a process and kills it at a moment. @returns milliseconds until it ended by itself; undefined when it was killed */
async function killed(work: Project, { argv, input = '' }: Action, moment: Moment): Promise<number | undefined> {
  const began = Date.now();
  const size = () => readdirSync(work.path('deliveries', ID, 'ledger')).length;
  const before = size();
  const child = spawn(process.execPath, argv, {
    cwd: work.root,
    env: { ...work.env, CLAUDE_CODE_ENTRYPOINT: 'cli' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let ended = false;
  const gone = new Promise<void>((resolve) =>
    child.once('close', () => {
      ended = true;
      resolve();
    }),
  );
  if ('after' in moment) await Promise.race([gone, sleep(moment.after)]);
  else {
    while (!ended && size() === before) await sleep(2);
    await Promise.race([gone, sleep(moment.grown)]);
  }
  const byItself = ended;
  child.kill('SIGKILL');
  await gone;
  return byItself ? Date.now() - began : undefined;
}

const cli = (...words: string[]): Action => ({ argv: [program('cli'), ...words] });

/** The server with one call, which is ended by the end of its input. */
function called(name: string, input: object): Action {
  const clientInfo = { name: 'test', version: '1' };
  const messages = [
    { id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } },
    { method: 'notifications/initialized' },
    { id: 1, method: 'tools/call', params: { name, arguments: input } },
  ];
  const lines = messages.map((one) => `${JSON.stringify({ jsonrpc: '2.0', ...one })}\n`);
  return { argv: [program('server')], input: lines.join('') };
}

const typed = (work: Project, digest: string): Action => ({
  argv: [program('hook'), 'user-prompt-expansion'],
  input: JSON.stringify({ cwd: work.root, session_id: 's1', command_name: 'approve', command_args: digest }),
});

it(
  '[R-DEPLOY-21] killed at any moment, checks, plans, approvals, applies and records never claim more than happened',
  async () => {
    const work = await deployable({}, MARKED);
    const { apply, checks } = commandSite(work, 'staging') as { apply: string[]; checks: { run: string[] }[] };
    const leaving = (word: string, argv: string[]) => ['sh', '-c', `"$@" && ${mark(work, word)}`, 'sh', ...argv];
    const slow = ['sh', '-c', `${mark(work, 'begun')}; sleep 0.05; "$@" && ${mark(work, 'applied')}`, 'sh', ...apply];
    const marked = [{ name: 'in-place', run: leaving('looked', checks[0]!.run) }];
    writePolicy(work, { staging: { deploy: commandSite(work, 'staging', { apply: slow, checks: marked }) } });
    const ports = portsOf(work);
    const draw = draws(SEED);
    /** How long each kind of process takes here, learned on the way. */
    const usual = new Map<string, number>();
    const bodies = (type: string) =>
      work
        .events(ID)
        .filter((event) => event.type === type)
        .map((event) => event['body'] as Record<string, string>);
    const approvedBefore = bodies('decided').length;
    const tally = { killed: 0, unknown: 0, verified: 0, typed: 0 };
    const round = async (name: string, action: Action) => {
      // Half of those that are killed after a time end by themselves, so that the flow gets on.
      const moment = draw() < 0.5 ? { after: draw() * 2 * (usual.get(name) ?? 2000) } : { grown: draw() * 120 };
      const ended = await killed(work, action, moment);
      if (ended !== undefined) usual.set(name, ended);
      if (ended === undefined) tally.killed += 1;

      // What is there at that very moment: an apply that lost its parent goes on.
      const applied = marks(work, 'applied');
      const begun = marks(work, 'begun');
      const looked = marks(work, 'looked');
      const built = marks(work, 'checked-build');
      const own = bodies('deploy-finished').filter(
        (one) => JSON.parse(ports.deliveries.evidence(ID, one['evidence']!)!).schema === 'countersign/deploy-run@1',
      );
      expect(own.filter((one) => one['outcome'] === 'verified').length, 'applied').toBeLessThanOrEqual(applied);
      const verified = bodies('deploy-finished').filter((one) => one['outcome'] === 'verified').length;
      expect(verified, 'verified').toBeLessThanOrEqual(looked);
      expect(bodies('deploy-started').length, 'begun').toBeGreaterThanOrEqual(begun);
      const runs = bodies('checked').filter((one) => one['check'] === 'CHK-1').length;
      expect(runs, 'checks').toBeLessThanOrEqual(built);
      const approvals = bodies('decided').length - approvedBefore;
      expect(approvals, 'approvals').toBeLessThanOrEqual(tally.typed);
      const { faults, findings } = verify(ports).data;
      expect(faults).toEqual([]);
      expect(findings.filter((one) => one.severity === 'error')).toEqual([]);
      const open = bodies('deploy-started').length > bodies('deploy-finished').length;
      if (open) {
        tally.unknown += 1;
        expect(deployStatus(ports, ID, 'staging').said).toContain('unknown outcome');
        expect(findings.map((one) => one.rule)).toContain('deploy-outcome');
      }
      await sleep(150);
      tally.verified = verified;
      return open;
    };
    const staging = (...words: string[]) => cli('deploy', ID, 'staging', ...words);
    const decide = async (about: string) => {
      const { digest, gate } = review(ports, ID, about).data;
      if (digest === null || gate.state === 'open') return;
      tally.typed += 1;
      await round('approve', typed(work, digest));
    };

    for (let n = 0; tally.killed < KILLS && n < KILLS * 4; n++) {
      if (draw() < 0.3) await round('run_check', called('run_check', { delivery: ID, check: 'CHK-1' }));
      await round('plan', staging('plan'));
      await decide('deploy:staging');
      if (await round('apply', staging('apply')))
        for (let tries = 0; tries < 20; tries++)
          if (!(await round('record', staging('record', '--outcome', 'succeeded', '--text', 'looked')))) break;
      if (draw() < 0.3 && existsSync(`${work.home}/staging`)) {
        writeFileSync(`${work.home}/staging/values.yaml`, `by hand ${n}\n`);
        await round('accept', cli('drift', ID, 'staging', 'accept', '--reason', 'by hand'));
        await decide('drift:live/staging');
      }
      if (draw() < 0.3) await round('diagnose', cli('diagnose', ID, 'staging'));
    }
    expect(tally.killed).toBeGreaterThanOrEqual(KILLS);
    // After all of it a deploy goes through as ever.
    const { decided, plan, apply: applyNow, ports: now } = bench(work);
    if (deployStatus(now, ID, 'staging').data.outcome === 'unknown')
      await recordDeploy(now, ID, 'staging', { outcome: 'failed', reason: 'looked', log: '', actor: ACTOR });
    decided((await plan('staging')).data.digest);
    expect((await applyNow('staging')).data.outcome).toBe('verified');
    if (process.env['KILL_POINTS'] !== undefined) process.stdout.write(`${JSON.stringify(tally)}\n`);
  },
  120_000 + KILLS * 20_000,
);

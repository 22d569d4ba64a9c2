import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { load, tryLoad } from '../../mcp-server/src/app/load.ts';
import { DELIVERY, type Stand } from '../helpers/stand.ts';
import { type Attack, ROWS } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { type Outcome, perform } from './perform.ts';
import { BASE, buildPlugin, setScene } from './scene.ts';

let plugin: string;
const stands: Stand[] = [];
beforeAll(() => {
  plugin = buildPlugin();
});
afterAll(() => {
  for (const folder of [plugin, ...stands.map(({ root }) => root)]) rmSync(folder, { recursive: true, force: true });
  const residuals = ATTACKS.flatMap(({ expected }) => ('residual' in expected ? [`- ${expected.residual}`] : []));
  process.stdout.write(`\nWhat remains (${residuals.length}):\n${residuals.join('\n')}\n`);
});

/** What only asks changes nothing, so those attacks share a repository. */
const shared = new Map<string, Promise<Stand>>();

async function sceneOf(attack: Attack): Promise<Stand> {
  const asks = attack.steps.every((step) => 'ask' in step || 'garbage' in step);
  const key = `${attack.at} ${attack.set ?? ''}`;
  const made = (asks ? shared.get(key) : undefined) ?? setScene(attack);
  if (asks) shared.set(key, made);
  const stand = await made;
  if (!stands.includes(stand)) stands.push(stand);
  return stand;
}

function verify(stand: Stand): { exit: number | null; said: string } {
  const outcome = perform(stand, plugin, {
    program: `node ${join(plugin, 'mcp-server/dist/cli.mjs')} verify 2>&1; echo "exit $?"`,
  });
  return { exit: Number(/exit (\d+)\s*$/.exec(outcome.said)?.[1]), said: outcome.said };
}

/** As CI does it: a fresh clone of the branch, a home without pins, signers and policy of the base. */
function verifyMerge(stand: Stand): { exit: number | null; said: string } {
  const cli = join(plugin, 'mcp-server/dist/cli.mjs');
  const { said } = perform(stand, plugin, {
    program: `git add -A && git -c commit.gpgsign=false commit -q --allow-empty -m Branch && git clone -q . {home}/ci && cd {home}/ci && env -i PATH="$PATH" HOME="$(mktemp -d {home}/ci-XXXXXX)" node ${cli} verify --trust-from ${BASE} 2>&1; echo "exit $?"`,
  });
  return { exit: Number(/exit (\d+)\s*$/.exec(said)?.[1]), said };
}

const gate = (stand: Stand, stage: string) =>
  load(stand.ports, DELIVERY).state.gates.find((one) => one.stage === stage)!;

function judge(attack: Attack, stand: Stand, last: Outcome): void {
  const { expected } = attack;
  if ('refused' in expected) {
    expect(last).toMatchObject({ refused: true, said: expect.stringMatching(expected.refused) });
  } else if ('detected' in expected) {
    const verified = verify(stand);
    expect(verified).toMatchObject({ exit: expected.exit, said: expect.stringMatching(expected.detected) });
  } else if ('merge' in expected) {
    expect(verify(stand).exit, 'this machine sees it already').toBe(0);
    const merged = verifyMerge(stand);
    expect(merged).toMatchObject({ exit: expected.exit, said: expect.stringMatching(expected.merge) });
  } else if ('closed' in expected) {
    expect(last.said).toMatch(expected.says ?? /^/);
    expect(gate(stand, expected.closed).state).not.toBe('open');
  } else {
    expect(last.refused, `no longer goes through: ${last.said}`).toBe(false);
    expect(verify(stand).exit).toBe(0);
    if (expected.open !== undefined) expect(gate(stand, expected.open).state).toBe('open');
  }
}

describe('the red team', () => {
  it('has tried at least 45 things, each with an id of its own, in every row', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(45);
    expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
    expect(Object.keys(ROWS).filter((row) => !ATTACKS.some((attack) => attack.row === row))).toEqual([]);
  });

  it.each(ATTACKS.map((attack) => [`${attack.row}/${attack.id}`, attack] as const))('%s', async (_, attack) => {
    const stand = await sceneOf(attack);
    expect('problems' in tryLoad(stand.ports, DELIVERY)).toBe(false);
    let last: Outcome = { refused: false, said: '' };
    for (const step of attack.steps) last = perform(stand, plugin, step);
    judge(attack, stand, last);
  });
});

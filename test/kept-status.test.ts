import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { judgeDelivery } from '../mcp-server/src/app/delivery-status.ts';
import type { Ports } from '../mcp-server/src/app/ports.ts';
import { submit } from '../mcp-server/src/app/submit.ts';
import { verify } from '../mcp-server/src/app/verify.ts';
import { sha256 } from '../mcp-server/src/domain/hash.ts';
import { currentStatus } from '../mcp-server/src/entry/status.ts';
import { type Project, project } from './helpers/project.ts';
import { gates, ID, portsOf, reach } from './helpers/zone-file.ts';

const KEPT = '.git/countersign/status.json';
const DAY = 86_400_000;

let work: Project;
beforeEach(() => {
  work = project();
});

/** Files count as settled two seconds after they moved: a minute later, then. */
const later = (ms = 60_000): Ports => ({ ...portsOf(work), now: () => new Date(Date.now() + ms) });
const statusNow = async (ports = later()) => (await currentStatus(ports)).data.deliveries;
const fresh = (ports = later()) => ports.deliveries.list().map((id) => judgeDelivery(ports, id).place.status);

/** Lets what is kept say something else, as somebody could who writes there. */
function forge(say: (text: string) => string): void {
  const [key, , ...rest] = work.read(KEPT).split('\n');
  const body = say(rest.join('\n'));
  writeFileSync(work.path(KEPT), `${key}\n${sha256(body)}\n${body}`);
}
const isUsed = async () => {
  const kept = work.read(KEPT);
  forge((text) => text.replace('"title":"Zone', '"title":"Kept'));
  const title = (await statusNow())[0]!.title;
  writeFileSync(work.path(KEPT), kept);
  return title.startsWith('Kept');
};

it('[R-FAST-1] status says the same with what was kept, without it, and with what is damaged', async () => {
  await reach(work, 'build');
  const first = await statusNow();
  expect(first).toEqual(fresh());
  expect(await isUsed()).toBe(true);
  expect(await statusNow()).toEqual(first);
  const kept = work.read(KEPT);
  for (const damaged of ['', 'x', kept.slice(0, -3), kept.replace('Zone file', 'Zone fine'), `${kept}\n`]) {
    writeFileSync(work.path(KEPT), damaged);
    expect(await statusNow()).toEqual(first);
  }
  rmSync(work.path(KEPT));
  mkdirSync(work.path(KEPT));
  expect(await statusNow()).toEqual(first);
});

it('[R-FAST-1] status sees every move of what it follows from, whatever its date says', async () => {
  await reach(work, 'build');
  const moves: [string, () => void][] = [
    ['an artifact is edited', () => append('deliveries/zone-file/requirements.md')],
    [
      'and its date is put back',
      () => touch('deliveries/zone-file/design.md', () => append('deliveries/zone-file/design.md')),
    ],
    ['an owned file changes', () => append('zone/generate.mjs')],
    ['an owned file goes', () => renameSync(work.path('zone/generate.mjs'), work.path('zone-gone.mjs'))],
    ['and is a link', () => symlinkSync('../zone-gone.mjs', work.path('zone/generate.mjs'))],
    ['an artifact goes', () => rmSync(work.path('deliveries/zone-file/feasibility.md'))],
    [
      'policy asks for more',
      () => work.write('countersign.yaml', 'countersign: policy/1\ngates: { default: { approvers: 2 } }\n'),
    ],
    ['policy goes', () => rmSync(work.path('countersign.yaml'))],
    ['an event is written over', () => touch(event(), () => work.write(event(), '{}'))],
  ];
  for (const [name, move] of moves) {
    await statusNow();
    move();
    expect([name, await statusNow()]).toEqual([name, fresh()]);
  }
  expect((await statusNow())[0]!.broken).toBe(true);
});

const append = (path: string) => work.write(path, `${work.read(path)}\n`);
const event = () => `deliveries/${ID}/ledger/${work.events(ID)[0]!.name}`;
function touch(path: string, edit: () => void): void {
  const before = new Date('2026-01-01');
  utimesSync(work.path(path), before, before);
  edit();
  utimesSync(work.path(path), before, before);
}

it('[R-FAST-1] status sees time pass: an approval that expires, a clock that was ahead', async () => {
  work.write('countersign.yaml', 'countersign: policy/1\ngates: { default: { expires: 3 } }\n');
  await reach(work, 'requirements');
  for (const days of [0.1, 2.9, 3.1, 2.9, 0.1]) {
    const ports = later(days * DAY);
    expect([days, await statusNow(ports)]).toEqual([days, fresh(ports)]);
  }
  expect((await statusNow(later(3.1 * DAY)))[0]!.gates[0]!.state).toBe('blocked');
});

it('[R-FAST-1] status sees events that are gone and another branch', async () => {
  await reach(work, 'requirements');
  await statusNow();
  const name = work.events(ID).at(-1)!.name;
  renameSync(work.path(`deliveries/${ID}/ledger/${name}`), work.path('.git/event'));
  expect(await statusNow()).toEqual(fresh());
  expect((await statusNow())[0]!.next).toContain('bring the missing events back');
  renameSync(work.path('.git/event'), work.path(`deliveries/${ID}/ledger/${name}`));
  expect((await statusNow())[0]!.next).not.toContain('bring the missing events back');
});

it('[R-FAST-1] nothing that decides or verifies reads what was kept', async () => {
  await reach(work, 'requirements');
  await statusNow();
  forge((text) => text.replaceAll('"state":"blocked"', '"state":"open"').replace('"Zone', '"Forged'));
  expect((await statusNow())[0]!.gates.every((gate) => gate.state === 'open')).toBe(true);
  expect(gates(work)['feasibility']).not.toBe('open');
  expect(submit(portsOf(work), ID, 'build', { kind: 'agent', name: 'a', via: 'mcp' }).blocks.length).toBeGreaterThan(0);
  expect(JSON.stringify(verify(portsOf(work)).data)).not.toContain('Forged');
  expect(work.cli('approve', ID, 'design').exit).not.toBe(0);
  expect(existsSync(work.path(KEPT))).toBe(true);
  expect(readFileSync(work.path(KEPT), 'utf8')).toContain('Forged');
});

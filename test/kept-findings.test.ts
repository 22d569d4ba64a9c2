import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createDelivery } from '../mcp-server/src/app/create.ts';
import { project } from './helpers/project.ts';
import { portsOf } from './helpers/zone-file.ts';

const KEPT = '.git/countersign/findings';

it('[R-RULES-3] validate says the same with kept findings, without them, and with damaged ones', () => {
  const work = project();
  for (const id of ['one', 'two']) work.cli('new', id);
  const first = work.json('validate');
  expect((first['findings'] as unknown[]).length).toBeGreaterThan(0);
  expect(readdirSync(work.path(KEPT)).sort()).toEqual(['one.json', 'two.json']);
  expect(work.json('validate')).toEqual(first);
  const kept = work.read(`${KEPT}/one.json`);
  for (const damaged of ['', 'x', kept.slice(0, -3), kept.replace('requirements.md', 'requirements.mt'), `${kept}\n`]) {
    writeFileSync(work.path(KEPT, 'one.json'), damaged);
    expect(work.json('validate')).toEqual(first);
  }
  rmSync(work.path(KEPT), { recursive: true });
  expect(work.json('validate')).toEqual(first);
  rmSync(work.path(KEPT), { recursive: true });
  writeFileSync(work.path(KEPT), 'no folder');
  expect(work.json('validate')).toEqual(first);
});

it('[R-RULES-3] validate sees every edit of an artifact, of the policy and of the record', () => {
  const work = project();
  work.cli('new', 'one');
  const count = () => (work.json('validate')['findings'] as unknown[]).length;
  const before = count();
  const text = work.read('deliveries/one/requirements.md');
  work.write('deliveries/one/requirements.md', `${text}\n### REQ-01: A\n`);
  expect(count()).not.toBe(before);
  work.write('deliveries/one/requirements.md', text);
  expect(count()).toBe(before);
  work.write('countersign.yaml', 'countersign: policy/1\nrules: { duplicate-id: off }\n');
  expect(count()).toBe(before + 1);
  rmSync(work.path('countersign.yaml'));
  const event = work.events('one')[0]!.name;
  work.write(`deliveries/one/ledger/${event}`, '{}');
  expect(work.cli('validate').exit).toBe(3);
  expect(existsSync(work.path(KEPT))).toBe(true);
});

it('[R-RULES-4] validate --fix mends a draft, and leaves what was submitted', () => {
  const work = project();
  work.cli('new', 'one');
  const path = 'deliveries/one/requirements.md';
  const text = `${work.read(path)}\n<!-- countersign-disable-next-line vague-words: quoted -->\nEnd.\n`;
  work.write(path, text);
  expect(work.cli('validate', '--fix').out).toContain('1 mended');
  expect(work.read(path)).toBe(text.replace(/<!-- countersign.*\n/, ''));
});

it('[R-RULES-3] validate says of many deliveries what it says of each, and a fault in one keeps its exit code', () => {
  const work = project();
  const ports = portsOf(work);
  const ids = Array.from({ length: 20 }, (_, at) => `d-${String(at).padStart(2, '0')}`);
  for (const [at, id] of ids.entries()) {
    createDelivery(ports, { id, title: id, actor: { kind: 'agent', name: 'test', via: 'mcp' } });
    work.write(`deliveries/${id}/requirements.md`, `## Requirements\n\n${`### REQ-${at}\n\n`.repeat(at + 1)}`);
  }
  const all = work.json('validate')['findings'] as { path: string }[];
  rmSync(work.path(KEPT), { recursive: true });
  for (const id of [ids[0]!, ids[7]!, ids[19]!]) {
    const alone = work.json('validate', id)['findings'];
    expect(alone).toEqual(all.filter(({ path }) => path.startsWith(`deliveries/${id}/`)));
  }
  work.write(`deliveries/${ids[3]}/ledger/${work.events(ids[3]!)[0]!.name}`, '{}');
  const broken = work.cli('validate');
  expect([broken.exit, broken.err.includes(ids[3]!)]).toEqual([3, true]);
});

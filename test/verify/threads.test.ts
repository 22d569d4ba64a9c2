import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createDelivery } from '../../mcp-server/src/app/create.ts';
import { validate } from '../../mcp-server/src/app/validate.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import { type Project, project } from '../helpers/project.ts';
import { portsOf } from '../helpers/zone-file.ts';

/** Enough that threads take a share. */
const MANY = 24;

function many(): Project {
  const work = project();
  const ports = portsOf(work);
  const actor = { kind: 'human', name: 'Ada', via: 'test' } as const;
  for (let at = 0; at < MANY; at++) createDelivery(ports, { id: `delivery-${at}`, title: `Delivery ${at}`, actor });
  work.git('add', '-A');
  work.git('commit', '--quiet', '-m', 'deliveries');
  expect(ports.deliveries.list()).toHaveLength(MANY);
  return work;
}

it('[R-FAST-7] verify says the same of many deliveries, shared among threads, as of one after the other', () => {
  const work = many();
  const event = (id: string) => work.path('deliveries', id, 'ledger', work.events(id)[0]!.name);
  writeFileSync(event('delivery-3'), '{}');
  rmSync(event('delivery-5'));
  renameSync(event('delivery-7'), work.path('elsewhere.json'));
  symlinkSync(work.path('elsewhere.json'), work.path('deliveries/delivery-7/ledger', `${'0'.repeat(64)}.json`));
  mkdirSync(work.path('deliveries/delivery-9/ledger', `${'1'.repeat(64)}.json`));
  work.write('deliveries/delivery-11/requirements.md', '---\ndepends-on: [nothing-here]\n---\n');
  work.write('countersign.yaml', 'countersign: policy/1\ntrack: light\n');
  for (const args of [[], ['--trust-from', 'HEAD', '--require', 'signed']]) {
    const { data, said } = verify(portsOf(work), args.length === 0 ? {} : { trustFrom: 'HEAD', require: 'signed' });
    const shared = work.json('verify', ...args);
    expect(shared).toMatchObject({ ...JSON.parse(JSON.stringify(data)), said, exit: 3 });
    const broken = data.faults.map((one) => `${one.path.split('/')[1]}: ${one.message}`).join('\n');
    for (const said of ['delivery-3: ', 'delivery-5: ', 'delivery-7: ', 'delivery-9: not the name of an event'])
      expect(broken).toContain(said);
  }
});

it('[R-FAST-7] validate says the same of many deliveries, shared among threads, as of one after the other', () => {
  const work = many();
  work.write('deliveries/delivery-4/requirements.md', '## Requirements\n\n### REQ-01: A\n');
  const ports = portsOf(work);
  const alone = ports.deliveries.list().flatMap((id) => validate(ports, id).data.findings);
  expect(work.json('validate')['findings']).toEqual(alone);
});

it('[R-FAST-7] a fault that stops a thread is told as it is without threads', () => {
  const work = many();
  work.write('countersign.yaml', 'countersign: policy/1\ntrak: light\n');
  const { exit, err } = work.cli('verify');
  expect(exit).toBe(2);
  expect(err).toContain('countersign.yaml:2');
});

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakGlass, recordDeclaration, withhold } from '../../mcp-server/src/app/declare.ts';
import { judgeDelivery } from '../../mcp-server/src/app/delivery-status.ts';
import { guardEntry } from '../../mcp-server/src/app/guard-index.ts';
import { load } from '../../mcp-server/src/app/load.ts';
import type { Ports } from '../../mcp-server/src/app/ports.ts';
import { signDeclaration } from '../../mcp-server/src/app/sign.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import { currentLines } from '../../mcp-server/src/entry/status.ts';
import { Desk } from '../helpers/walk.ts';
import { NEW_KEY, openWorkshop, PASSPHRASE, Person, type Workshop } from '../helpers/workshop.ts';

const ID = 'zone-file';
const HOUR = 3_600_000;
let shop: Workshop;
beforeAll(() => {
  shop = openWorkshop();
});
afterAll(() => shop.close());

async function built(): Promise<Desk> {
  const ada = new Person(shop, 'Ada');
  const desk = new Desk(ada, ada.repository());
  await desk.admit();
  await desk.toDesign(ID);
  await desk.decide(await desk.build(ID));
  return desk;
}

/** The same project, seen some hours later. */
const later = (ports: Ports, hours: number): Ports => ({ ...ports, now: () => new Date(Date.now() + hours * HOUR) });
const rules = (ports: Ports, severity: string) =>
  verify(ports)
    .data.findings.filter((one) => one.severity === severity)
    .map((one) => one.rule);

async function broken(desk: Desk, hours = 2, signed = true): Promise<void> {
  const by = { name: desk.person.name, email: desk.person.email };
  const declaration = breakGlass(desk.ports, ID, { reason: 'core switch down', openMs: hours * HOUR, by });
  const signature = signed ? await signDeclaration(desk.ports, declaration, desk.key) : undefined;
  recordDeclaration(desk.ports, ID, declaration, signature);
}

describe('break-glass', () => {
  it('[R-GLASS-1] is typed by a person at a terminal, signed, and refused elsewhere', () => {
    const ada = new Person(shop, 'Ada');
    const root = ada.repository();
    ada.types(root, ['init', '--signed', '--yes'], NEW_KEY);
    ada.run(root, ['new', ID]);
    const words = ['break-glass', ID, '--reason', 'core switch down', '--for', '2h'];
    expect(ada.run(root, words)).toMatchObject({ exit: 4 });
    expect(ada.types(root, words, [], { CLAUDECODE: '1' })).toMatchObject({ exit: 2 });
    expect(ada.types(root, words, [['Type zone-file', 'no']])).toMatchObject({ exit: 1 });
    expect(ada.types(root, ['break-glass', ID, '--reason', 'x', '--for', '48h'], [])).toMatchObject({ exit: 2 });
    const session = ada.types(root, words, [
      ['Type zone-file', ID],
      ['Enter passphrase', PASSPHRASE],
    ]);
    expect(session).toMatchObject({ exit: 0, unanswered: [] });
    expect(session.screen).toMatch(/is broken until .*, level signed/);
    expect(ada.run(root, ['status']).stdout).toContain('GLASS IS BROKEN until');
    expect(ada.run(root, ['history', ID]).stdout).toContain('broke the glass (break-glass:1)');
  });

  it('[R-GLASS-1] opens the guard until its time, is loud, warns until due, and then fails verify', async () => {
    const desk = await built();
    const { ports } = desk;
    await broken(desk);
    writeFileSync(join(desk.root, 'zone/generate.mjs'), 'the night fix\n');
    const until = (at: Ports) => guardEntry(load(at, ID), {}).breakGlassUntil;
    expect(until(ports)).toBeGreaterThan(Date.now() + 1.9 * HOUR);
    expect(until(later(ports, 3))).toBeUndefined();
    expect((await currentLines(ports)).join('\n')).toContain('GLASS IS BROKEN');
    expect(rules(later(ports, 3), 'error')).toEqual([]);
    expect(rules(later(ports, 3), 'warning').sort()).toEqual(['break-glass', 'stale-gate', 'ungated']);
    expect(rules(later(ports, 73), 'error').sort()).toEqual(['break-glass', 'stale-gate', 'ungated']);
    expect(judgeDelivery(later(ports, 73), ID).place.status.problems[0]).toContain('OVERDUE');
  });

  it('[R-GLASS-1] is closed by a decision on its follow-up, and what was left behind counts again', async () => {
    const desk = await built();
    await broken(desk);
    await broken(desk);
    await desk.decide(desk.submit(ID, 'break-glass:1'));
    expect(rules(desk.ports, 'warning')).toEqual(['break-glass']);
    await desk.decide(desk.submit(ID, 'break-glass:2'));
    expect(rules(later(desk.ports, 80), 'error')).toEqual([]);
    expect(guardEntry(load(desk.ports, ID), {}).breakGlassUntil).toBeUndefined();
    writeFileSync(join(desk.root, 'zone/generate.mjs'), 'left behind\n');
    expect(rules(desk.ports, 'error')).toContain('ungated');
    expect(() => desk.submit(ID, 'break-glass:3')).toThrow('no glass was broken');
  });

  it('[R-GLASS-1] without a signature opens nothing where policy asks for one', async () => {
    const desk = await built();
    writeFileSync(
      join(desk.root, 'countersign.yaml'),
      'countersign: policy/1\ngates: { default: { level: signed } }\n',
    );
    await broken(desk, 2, false);
    writeFileSync(join(desk.root, 'zone/generate.mjs'), 'sneaked in\n');
    expect(guardEntry(load(desk.ports, ID), {}).breakGlassUntil).toBeUndefined();
    expect(rules(desk.ports, 'error')).toContain('ungated');
  });
});

describe('withheld evidence', () => {
  it('[R-GLASS-2] may be gone, with its hash and the reason kept; without the event it is a fault', async () => {
    const desk = await built();
    const { ports } = desk;
    const [evidence] = ports.deliveries
      .evidenceHashes(ID)
      .filter((hash) => ports.deliveries.evidence(ID, hash)!.includes('CHK-1') === false);
    const by = { name: 'Ada', email: desk.person.email };
    const declaration = withhold(ports, ID, evidence!.slice(0, 12), { reason: 'a password was captured', by });
    recordDeclaration(ports, ID, declaration, await signDeclaration(ports, declaration, desk.key));
    expect(ports.deliveries.evidence(ID, evidence!)).toBeUndefined();
    expect(existsSync(join(desk.root, `deliveries/${ID}/history.md`))).toBe(true);
    expect(verify(ports).data.faults).toEqual([]);
    expect(rules(ports, 'info')).toEqual(['withheld']);
    const other = ports.deliveries.evidenceHashes(ID)[0]!;
    ports.deliveries.removeEvidence(ID, other);
    expect(verify(ports).data.faults.map((one) => one.rule)).toEqual(['missing-evidence']);
    expect(() => withhold(ports, ID, 'abc', { reason: 'x', by })).toThrow('names no piece of evidence');
  });

  it('[R-GLASS-2] a record without a signature lets nothing go', async () => {
    const desk = await built();
    const { ports } = desk;
    const evidence = ports.deliveries.evidenceHashes(ID)[0]!;
    const declaration = withhold(ports, ID, evidence, { reason: 'trust me', by: { name: 'Ada' } });
    recordDeclaration(ports, ID, declaration);
    expect(verify(ports).data.faults.map((one) => one.rule)).toEqual(['missing-evidence']);
  });
});

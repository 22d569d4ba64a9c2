import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redraw } from '../../mcp-server/src/app/after.ts';
import { load } from '../../mcp-server/src/app/load.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import { eventsOf } from '../../mcp-server/src/domain/ledger/ledger.ts';
import { Desk } from '../helpers/walk.ts';
import { openWorkshop, Person, type Workshop } from '../helpers/workshop.ts';

const ID = 'zone-file';
let shop: Workshop;
beforeAll(() => {
  shop = openWorkshop(false);
});
afterAll(() => shop.close());

describe('two branches that each approve something', () => {
  it('[R-VERIFY-9] merge with plain git, history.md included, and verify; the next event joins both', async () => {
    const [ada, bob] = [new Person(shop, 'Ada'), new Person(shop, 'Bob')];
    const root = ada.repository();
    const left = new Desk(ada, root);
    const right = new Desk(bob, root);
    await left.admit();
    await left.admit(bob);
    right.ports.trust.pin(left.ports.trust.pinned()!);
    left.ports.files.write(
      'countersign.yaml',
      'countersign: policy/1\ngates: { default: { level: signed, approvers: 2 } }\n',
    );
    left.start(ID);
    const digest = left.submit(ID, 'requirements');
    left.commit('requirements submitted');
    left.git('branch', 'right');

    await left.decide(digest);
    left.commit('Ada approves');
    left.git('checkout', '-q', 'right');
    await right.decide(digest);
    right.commit('Bob approves');
    left.git('checkout', '-q', 'main');
    left.git('merge', '-q', '--no-edit', 'right');

    const history = () => readFileSync(join(root, `deliveries/${ID}/history.md`), 'utf8');
    expect(history()).not.toContain('<<<<<<<');
    expect(history()).toContain('Ada approved');
    expect(history()).toContain('Bob approved');
    const { read, state } = load(left.ports, ID);
    expect(read.ledger.graph.heads).toHaveLength(2);
    expect(state.gates[0]).toMatchObject({ state: 'open' });
    expect(state.gates[0]!.approvals.map((one) => one.level)).toEqual(['signed', 'signed']);
    const { faults, findings } = verify(left.ports, { trustFrom: 'main~1', require: 'external' }).data;
    expect([faults, findings.filter((one) => one.severity === 'error')]).toEqual([[], []]);

    redraw(left.ports, ID);
    const drawn = history();
    await left.decide(digest, { decision: 'revoke' });
    const after = load(left.ports, ID).read.ledger;
    expect(after.graph.heads).toHaveLength(1);
    expect(eventsOf(after, 'decided').at(-1)!.parents).toEqual([...read.ledger.graph.heads].sort());
    expect(history().startsWith(drawn.trimEnd())).toBe(true);
  });

  it('[R-VERIFY-9] two deliveries on two branches merge and verify as well', async () => {
    const ada = new Person(shop, 'Ada');
    const desk = new Desk(ada, ada.repository());
    await desk.admit();
    desk.commit('signers');
    desk.git('branch', 'right');
    desk.start('one');
    await desk.decide(desk.submit('one', 'requirements'));
    desk.commit('one');
    desk.git('checkout', '-q', 'right');
    desk.start('two');
    await desk.decide(desk.submit('two', 'requirements'));
    desk.commit('two');
    desk.git('merge', '-q', '--no-edit', 'main');
    const { faults, findings, deliveries } = verify(desk.ports, { trustFrom: 'main' }).data;
    expect([faults, findings]).toEqual([[], []]);
    expect(deliveries.map((one) => one.delivery)).toEqual(['one', 'two']);
  });
});

import { expect, it } from 'vitest';
import { append } from '../mcp-server/src/app/append.ts';
import { load } from '../mcp-server/src/app/load.ts';
import type { Ports } from '../mcp-server/src/app/ports.ts';
import { project } from './helpers/project.ts';
import { ID, portsOf, reach } from './helpers/zone-file.ts';

it('takes no ledger for rewound to which others append faster than it can be read', async () => {
  const work = project();
  await reach(work, 'requirements');
  const ports = portsOf(work);
  const actor = { kind: 'agent', name: 'test', via: 'mcp' } as const;
  const others = () => {
    append(ports, ID, () => ({
      type: 'stated',
      actor,
      body: { need: 'CAP-1', status: 'resolved', fact: 'it is here', by: 'Ada' },
    }));
    // Whoever reads remembers the heads that it saw.
    load(ports, ID);
  };
  load(ports, ID);
  // Each listing is old by the time that it is compared with what this machine saw.
  const busy: Ports = {
    ...ports,
    deliveries: {
      ...ports.deliveries,
      ledgerFiles(id) {
        const files = ports.deliveries.ledgerFiles(id);
        others();
        return files;
      },
    },
  };
  expect(load(busy, ID).read.gone).toEqual([]);
  expect(load(ports, ID).read.gone).toEqual([]);
});

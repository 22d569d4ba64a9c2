import { type Actor, type Body, type EventType, type LedgerEvent, writeEvent } from '../domain/ledger/event.ts';
import { type Ledger, readLedger } from '../domain/ledger/ledger.ts';
import { brokenLedger } from './load.ts';
import type { Ports } from './ports.ts';

/** What a use case wants to record; the envelope is filled in at the moment of writing. */
export interface NewEvent<T extends EventType> {
  type: T;
  actor: Actor;
  body: Body<T>;
}

/**
 * Appends one event to a delivery's ledger, under its lock. The ledger is read again inside the lock, so that the event
 * names the heads that are really there.
 *
 * @param decide looks at the ledger as it is now and says what to record, or undefined for nothing
 * @returns the event's id, or undefined
 */
export function append<T extends EventType>(
  ports: Ports,
  id: string,
  decide: (ledger: Ledger) => NewEvent<T> | undefined,
): string | undefined {
  return ports.deliveries.locked(id, () => {
    const ledger = readLedger(id, ports.deliveries.ledgerFiles(id));
    if ('problems' in ledger) throw brokenLedger(id, ledger.problems);
    const event = decide(ledger);
    if (event === undefined) return undefined;
    return record(ports, id, event, ledger.graph.heads);
  });
}

/** Writes an event on the given heads. For the first event of a delivery there are none. */
export function record<T extends EventType>(
  ports: Ports,
  id: string,
  event: NewEvent<T>,
  parents: readonly string[],
): string {
  const whole = {
    v: 1,
    delivery: id,
    at: ports.now().toISOString(),
    parents: [...parents],
    ...event,
  } as unknown as LedgerEvent;
  const { id: name, content } = writeEvent(whole);
  ports.deliveries.writeEvent(id, `${name}.json`, content);
  return name;
}

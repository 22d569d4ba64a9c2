import { inputFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';

export interface DeviationInput {
  component?: string | undefined;
  designed: string;
  delivered: string;
  reason: string;
}

/**
 * Records a difference between the approved design and what was delivered. It becomes part of what the Build decision
 * is about.
 *
 * @throws Fault `unknown-component`
 */
export function recordDeviation(ports: Ports, id: string, input: DeviationInput, actor: Actor): Answer<{ id: string }> {
  const { state } = load(ports, id);
  const known = state.design?.components.map((component) => component.id) ?? [];
  if (input.component !== undefined && !known.includes(input.component))
    throw inputFault({
      code: 'unknown-component',
      message: `the design has no component ${JSON.stringify(input.component)}`,
      expected: `one of: ${known.join(', ')}`,
    });
  let number = '';
  append(ports, id, (ledger) => {
    const numbers = eventsOf(ledger, 'deviated').map((event) => Number(event.body.id.slice('DEV-'.length)));
    number = `DEV-${Math.max(0, ...numbers) + 1}`;
    const { component, designed, delivered, reason } = input;
    const body = { id: number, designed, delivered, reason, ...(component === undefined ? {} : { component }) };
    return { type: 'deviated', actor, body };
  });
  redraw(ports, id);
  return {
    said: `Recorded ${number}; the Build decision covers it.`,
    blocks: [],
    next: `go on with the tasks of ${id}`,
    data: { id: number },
  };
}

import { historyText } from '../../app/after.ts';
import { load } from '../../app/load.ts';
import { sentence } from '../../domain/history.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const historyVerb: Verb = {
  usage: 'history <id>',
  examples: ['history office-vlans', 'history office-vlans --json'],
  arity: [1, 1],
  run({ args }, context) {
    const ports = context.ports();
    const loaded = load(ports, args[0]!);
    const { read } = loaded;
    const events = read.ledger.graph.order.map((event) => ({
      id: event.id,
      type: event.type,
      at: event.at,
      actor: event.actor,
      parents: event.parents,
      text: sentence(event),
    }));
    const answer = { said: `${events.length} events.`, blocks: [], next: '', data: { delivery: read.id, events } };
    return { answer, text: printable(historyText(ports, loaded)) };
  },
};

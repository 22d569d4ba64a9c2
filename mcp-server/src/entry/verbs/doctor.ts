import { doctor } from '../../app/doctor.ts';
import { paint, printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

const COLOURS = { good: 'green', warning: 'yellow', bad: 'red', unknown: 'dim' } as const;

export const doctorVerb: Verb = {
  usage: 'doctor',
  examples: ['doctor', 'doctor --json'],
  arity: [0, 0],
  async run(_, { ports, terminal }) {
    const answer = await doctor(ports());
    const lines = answer.data.lines.flatMap((line) => [
      `${paint(terminal, COLOURS[line.state], line.state.padEnd(7))} ${line.probe}: ${printable(line.found)}`,
      `        ${printable(line.means)}`,
      ...(line.improve === '' ? [] : [`        ${paint(terminal, 'cyan', 'improve')} ${printable(line.improve)}`]),
    ]);
    return { answer, text: [...lines, '', answer.said].join('\n') };
  },
};

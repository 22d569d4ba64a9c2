import type { Answer } from '../../app/answer.ts';
import { type Mine, stepFor } from '../../app/mine.ts';
import type { Waiting } from '../../domain/waiting.ts';
import { paint, printable, type Terminal } from '../terminal.ts';
import { duration } from './duration.ts';
import { labelled } from './status.ts';

const COLOURS: Record<Waiting['kind'], Parameters<typeof paint>[1]> = {
  decide: 'yellow',
  rework: 'red',
  answer: 'cyan',
  'follow-up': 'red',
};

/** What waits for a person, what waits longest first. */
export function mineText({ said, blocks, data }: Answer<Mine>, terminal: Terminal, now: Date, self: string): string {
  const { who, waiting } = data;
  const email = who.email === undefined ? '' : ` <${who.email}>`;
  const lines = [paint(terminal, 'bold', printable(`${said} (${who.name}${email})`))];
  for (const one of waiting) {
    const waited = duration(Math.max(0, now.getTime() - Date.parse(one.since)));
    lines.push('', ...labelled(terminal, one.kind, COLOURS[one.kind], `${one.delivery}: ${one.text}, ${waited}`));
    // Not wrapped: it is there to be copied.
    lines.push(`${' '.repeat(12)}${printable(stepFor(one)).replaceAll('countersign ', `${self} `)}`);
  }
  for (const block of blocks) lines.push('', ...labelled(terminal, 'problem', 'red', block));
  return lines.join('\n');
}

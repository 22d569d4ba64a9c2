import type { UnitChange } from '../../domain/delta/delta.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

const COLOURS = { ADDED: 'green', MODIFIED: 'yellow', REMOVED: 'red' } as const;

/** A semantic delta for people: what moved, by id, with the sentences before and after. */
export function deltaText(changes: readonly UnitChange[], terminal: Terminal): string {
  if (changes.length === 0) return '  only its form changed: no sentence, row or field says anything else';
  return changes.flatMap((one) => unitLines(one, terminal)).join('\n');
}

function unitLines({ change, key, entry, title, pieces }: UnitChange, terminal: Terminal): string[] {
  const name = entry && title !== '' ? `${key} ${title}` : key;
  return [
    `  ${paint(terminal, COLOURS[change], change)} ${printable(name)}`,
    ...pieces.flatMap(({ before, after }) => [
      ...(before === null ? [] : [paint(terminal, 'red', `    was ${flat(before)}`)]),
      ...(after === null ? [] : [paint(terminal, 'green', `    now ${flat(after)}`)]),
    ]),
  ];
}

const flat = (text: string) => printable(text.replaceAll('\n', '\n        '));

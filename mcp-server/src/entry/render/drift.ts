import type { Answer } from '../../app/answer.ts';
import type { DriftView } from '../../app/drift/drift.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

const COLOUR = { error: 'red', warning: 'yellow', info: 'dim' } as const;

/** Drift for people: what is not as agreed, how bad it is, and who accepted it. */
export function driftText(answer: Answer<DriftView>, terminal: Terminal): string {
  const { drift, notes, tail } = answer.data;
  const lines = [paint(terminal, 'bold', printable(answer.said))];
  const told = new Set(drift.map((one) => one.what));
  for (const block of answer.blocks)
    if (!told.has(block)) lines.push(`  ${paint(terminal, 'yellow', 'blocked')} ${printable(block)}`);
  for (const { what, severity, requirements, accepted } of drift) {
    const ids = requirements.length === 0 ? '' : ` (${requirements.join(', ')})`;
    const state = accepted === '' ? paint(terminal, COLOUR[severity], severity) : paint(terminal, 'dim', 'accepted');
    const who = accepted === '' ? '' : `; ${accepted}`;
    lines.push(`  ${state} ${printable(`${what}${ids}${who}`)}`);
  }
  for (const note of notes) lines.push(printable(`  note ${note}`));
  if (tail !== '')
    lines.push(
      ...tail
        .trimEnd()
        .split('\n')
        .slice(-20)
        .map((line) => printable(`  | ${line}`)),
    );
  if (answer.next !== '') lines.push(`  ${paint(terminal, 'cyan', 'next')} ${printable(answer.next)}`);
  return lines.join('\n');
}

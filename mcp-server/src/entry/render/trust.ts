import type { Answer } from '../../app/answer.ts';
import type { TrustView } from '../../app/trust.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

const COLOURS = { same: 'green', added: 'yellow', removed: 'red' } as const;

/** Who may sign, and how that stands to what was accepted on this machine. */
export function trustText(answer: Answer<TrustView>, terminal: Terminal): string {
  const { signers, problems } = answer.data;
  const lines = signers.map((one) => {
    const until = one.validBefore === null ? '' : `  until ${one.validBefore}`;
    const revoked = one.revoked ? `  ${paint(terminal, 'red', 'revoked')}` : '';
    return `  ${paint(terminal, COLOURS[one.change], one.change.padEnd(7))} ${printable(one.principals.join(','))}  ${one.keyType}  ${one.fingerprint}${until}${revoked}`;
  });
  const wrong = problems.map((one) => `  ${paint(terminal, 'red', 'problem')} ${one.file}:${one.line}: ${one.message}`);
  const next = answer.next === '' ? [] : [`  ${paint(terminal, 'cyan', 'next')} ${answer.next}`];
  return [answer.said, ...lines, ...wrong, ...next].join('\n');
}

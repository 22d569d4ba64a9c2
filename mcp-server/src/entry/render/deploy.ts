import type { Answer } from '../../app/answer.ts';
import type { DeployView } from '../../app/deploy/plan.ts';
import { amounts } from '../../domain/deploy/page.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

/** Items that are listed; the plan has them all. */
const LISTED = 20;

/** A step of a deploy for people: what would change, what was checked, what blocks. */
export function deployText(answer: Answer<DeployView>, terminal: Terminal): string {
  const { plan, checks, tail, hash } = answer.data;
  const lines = [paint(terminal, 'bold', printable(answer.said))];
  for (const block of answer.blocks) lines.push(`  ${paint(terminal, 'yellow', 'blocked')} ${printable(block)}`);
  if (plan !== null) {
    const row = (name: string, text: string) => lines.push(printable(`  ${name.padEnd(10)} ${text}`));
    row('plan', `${hash} (${amounts(plan.summary)})`);
    row('runs', plan.run.join(' '));
    for (const { action, address } of plan.items.slice(0, LISTED)) row(action, address);
    if (plan.items.length > LISTED) row('', `and ${plan.items.length - LISTED} more`);
    for (const one of plan.differs.slice(0, LISTED)) row('overlay', one);
    for (const one of plan.admits) row('unseen', one);
  }
  for (const { name, result, evidence } of checks)
    lines.push(printable(`  check      ${name} ${result}, evidence ${evidence.slice(0, 12)}`));
  if (answer.blocks.length > 0 && tail !== '')
    lines.push(
      '',
      ...tail
        .trimEnd()
        .split('\n')
        .slice(-20)
        .map((line) => printable(`  | ${line}`)),
    );
  if (answer.next !== '') lines.push(`  ${paint(terminal, 'cyan', 'next')} ${printable(answer.next)}`);
  return lines.join('\n');
}

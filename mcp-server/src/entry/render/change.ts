import type { Answer } from '../../app/answer.ts';
import type { ChangeView } from '../../app/change-view.ts';
import { paint, printable, type Terminal } from '../terminal.ts';
import { deltaText } from './delta.ts';

/** A cycle of change for people: what says something else, what has to follow, what stays. */
export function changeText(answer: Answer<ChangeView>, terminal: Terminal): string {
  const { plan, tasks, digest, status } = answer.data;
  const lines = [paint(terminal, 'bold', printable(answer.said))];
  for (const block of answer.blocks) lines.push(`  ${paint(terminal, 'yellow', 'blocked')} ${printable(block)}`);
  if (plan !== null && plan.changes.length > 0) {
    const entries = plan.changes.map((one) => ({ ...one, entry: one.key !== one.title, line: 0 }));
    lines.push('', deltaText(entries, terminal), '');
    const { stale, stays, paths, unplaced } = plan.impact;
    const list = (name: string, items: readonly string[]) =>
      items.length === 0 ? [] : [printable(`  ${name.padEnd(10)} ${items.join(', ')}`)];
    lines.push(...list('components', stale.components), ...list('tasks', stale.tasks), ...list('writes', paths));
    lines.push(
      ...list('checks', stale.checks),
      ...list('approvals', stale.approvals),
      ...list('stays', [...stays.components, ...stays.checks]),
    );
    lines.push(...list('unplaced', unplaced));
  }
  for (const task of tasks) lines.push(printable(`  ${task.id.padEnd(10)} ${task.state}  ${task.paths.join(', ')}`));
  if (digest !== null && status === 'PLANNED') lines.push(`  digest     ${digest}`);
  if (answer.next !== '') lines.push(`  ${paint(terminal, 'cyan', 'next')} ${printable(answer.next)}`);
  return lines.join('\n');
}

import type { Answer } from '../../app/answer.ts';
import { commentText } from '../../app/comment.ts';
import type { DeliveryStatus } from '../../app/status.ts';
import { short } from '../../domain/decision/subject.ts';
import type { GateState } from '../../domain/gate/gate.ts';
import { STAGE } from '../../domain/stage.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

const MARKS = { open: '✓', blocked: '·', stale: '!' } as const;
const COLOURS = { open: 'green', blocked: 'dim', stale: 'yellow' } as const;

/** Deliveries with their gates, for people. */
export function statusText(answer: Answer<{ deliveries: DeliveryStatus[] }>, terminal: Terminal, self: string): string {
  const { deliveries } = answer.data;
  if (deliveries.length === 0) return `There are no deliveries here yet.\n  next: ${self} new --list`;
  return deliveries.map((one) => deliveryText(one, terminal, self)).join('\n\n');
}

function deliveryText(one: DeliveryStatus, terminal: Terminal, self: string): string {
  const title = printable(one.title);
  const head = `${paint(terminal, 'bold', one.delivery)}  ${title}${one.track === null ? '' : paint(terminal, 'dim', `  track ${one.track}`)}`;
  const lines = [
    head,
    ...one.problems.map((problem) => `  ${paint(terminal, 'red', 'problem')} ${printable(problem)}`),
  ];
  for (const gate of one.gates) lines.push(...gateLines(gate, terminal));
  if (one.tasks.total > 0) lines.push(`  tasks ${one.tasks.verified} of ${one.tasks.total} verified`);
  for (const comment of one.comments)
    lines.push(`  ${paint(terminal, 'yellow', 'open')} ${printable(commentText(comment))}`);
  for (const deploy of one.deploys) lines.push(`  deploy ${printable(deploy)}`);
  lines.push(`  ${paint(terminal, 'cyan', 'next')} ${printable(one.next)}`);
  const waiting = one.gates.find((gate) => gate.reasons.some((reason) => reason.code === 'undecided'));
  if (waiting !== undefined) lines.push(`       or in a terminal: ${self} approve ${one.delivery} ${waiting.stage}`);
  return lines.join('\n');
}

function gateLines(gate: GateState, terminal: Terminal): string[] {
  const name = gate.covers.map((stage) => STAGE[stage].title).join(' + ');
  const mark = paint(terminal, COLOURS[gate.state], `${MARKS[gate.state]} ${gate.state.padEnd(7)}`);
  const by = gate.approvals.map((one) => `${one.approver} (${one.level})`).join(', ');
  // Approvals that count but do not suffice are shown too, at their level.
  const reasons = gate.reasons.map((reason) => reason.text);
  const [about = '', ...more] =
    gate.state === 'open'
      ? [`approved by ${by}, ${short(gate.digest ?? '')}`]
      : [...reasons, ...(by === '' ? [] : [`so far approved by ${by}`])];
  const rest = more.map((text) => `${' '.repeat(27)}${printable(text)}`);
  return [`  ${mark} ${name.padEnd(14)} ${printable(about)}`, ...rest];
}

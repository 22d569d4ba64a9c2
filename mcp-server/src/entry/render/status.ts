import type { Answer } from '../../app/answer.ts';
import type { DeliveryStatus } from '../../app/place.ts';
import { commentText } from '../../domain/decision/comment-text.ts';
import type { GateState } from '../../domain/gate/gate.ts';
import { short } from '../../domain/hash.ts';
import { STAGE } from '../../domain/stage.ts';
import { paint, type Terminal } from '../terminal.ts';
import { columns, fitted, padded, wrapped } from './columns.ts';

const COLOURS = { open: 'green', blocked: 'dim', stale: 'yellow' } as const;
type Screen = Pick<Terminal, 'colour' | 'width'>;

/** Deliveries with their gates, for people: sentences are wrapped, only titles are cut. */
export function statusText(answer: Answer<{ deliveries: DeliveryStatus[] }>, terminal: Screen, self: string): string {
  const { deliveries } = answer.data;
  if (deliveries.length === 0) return `There are no deliveries here yet.\n  next: ${self} new --list`;
  return deliveries.map((one) => deliveryText(one, terminal, self)).join('\n\n');
}

function deliveryText(one: DeliveryStatus, terminal: Screen, self: string): string {
  const names = one.gates.map(nameOf);
  const width = Math.max(LABEL, ...names.map(columns));
  const lines = [heading(one, terminal)];
  for (const problem of one.problems) lines.push(...labelled(terminal, 'problem', 'red', problem));
  for (const [at, gate] of one.gates.entries()) lines.push(...gateLines(gate, padded(names[at]!, width), terminal));
  if (one.tasks.total > 0)
    lines.push(...labelled(terminal, 'tasks', 'dim', `${one.tasks.verified} of ${one.tasks.total} verified`));
  for (const comment of one.comments) lines.push(...labelled(terminal, 'open', 'yellow', commentText(comment)));
  for (const deploy of one.deploys) lines.push(...labelled(terminal, 'deploy', 'dim', deploy));
  lines.push(...labelled(terminal, 'next', 'cyan', one.next));
  const waiting = one.gates.find((gate) => gate.reasons.some((reason) => reason.code === 'undecided'));
  // Not wrapped: it is there to be copied.
  if (waiting !== undefined) lines.push(`${INDENT}or in a terminal: ${self} approve ${one.delivery} ${waiting.stage}`);
  else lines.push(...byHand(one, self));
  return lines.join('\n');
}

/** The same step without an agent, where it ends with a submission. */
function byHand({ delivery, gates, next }: DeliveryStatus, self: string): string[] {
  const gate = gates.find(({ stage }) => next.endsWith(`, then submit ${stage}`));
  if (gate === undefined) return [];
  const { artifact } = STAGE[gate.stage];
  const first = artifact === null ? `${self} tasks ${delivery}` : `edit deliveries/${delivery}/${artifact}`;
  return [`${INDENT}or by hand: ${first}, then ${self} submit ${delivery} ${gate.stage}`];
}

const LABEL = 9;
const INDENT = ' '.repeat(2 + LABEL + 1);

/** The same few for hundreds of gates: how wide their marks are takes as long to find out as all else. */
const STATES = {
  open: padded('✓ open', LABEL),
  blocked: padded('· blocked', LABEL),
  stale: padded('! stale', LABEL),
} as const;

const nameOf = (gate: GateState) => gate.covers.map((stage) => STAGE[stage].title).join(' + ');

function heading({ delivery, title, track }: DeliveryStatus, terminal: Screen): string {
  const end = track === null ? '' : `  track ${track}`;
  const room = Math.max(10, terminal.width - columns(delivery) - columns(end) - 2);
  return `${paint(terminal, 'bold', delivery)}  ${fitted(title, room)}${paint(terminal, 'dim', end)}`;
}

/** A label in its column, and the text beside it over as many lines as it takes. */
export function labelled(terminal: Screen, label: string, colour: Parameters<typeof paint>[1], text: string): string[] {
  const [first = '', ...more] = wrapped(text, terminal.width - INDENT.length);
  return [`  ${paint(terminal, colour, padded(label, LABEL))} ${first}`, ...more.map((line) => INDENT + line)];
}

function gateLines(gate: GateState, name: string, terminal: Screen): string[] {
  const by = gate.approvals.map((one) => `${one.approver} (${one.level})`).join(', ');
  // Approvals that count but do not suffice are shown too, at their level.
  const says =
    gate.state === 'open'
      ? [`approved by ${by}, ${short(gate.digest ?? '')}`]
      : [...gate.reasons.map((reason) => reason.text), ...(by === '' ? [] : [`so far approved by ${by}`])];
  const mark = paint(terminal, COLOURS[gate.state], STATES[gate.state]);
  const indent = INDENT + ' '.repeat(columns(name) + 1);
  const [first = '', ...more] = says.flatMap((text) => wrapped(text, Math.max(20, terminal.width - indent.length)));
  return [`  ${mark} ${name} ${first}`, ...more.map((line) => indent + line)];
}

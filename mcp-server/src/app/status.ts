import { glassLines } from '../domain/break-glass.ts';
import { type Comment, commentsOf, isOpen } from '../domain/decision/comments.ts';
import { short } from '../domain/decision/subject.ts';
import { unknownOutcome } from '../domain/deploy/conditions.ts';
import { deploysOf } from '../domain/deploy/deploys.ts';
import { deployLines } from '../domain/deploy/lines.ts';
import type { GateState } from '../domain/gate/gate.ts';
import { clockFindings } from '../domain/ledger/clock-findings.ts';
import type { Track } from '../domain/stage.ts';
import type { Answer } from './answer.ts';
import { type Loaded, tryLoad } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';

export interface DeliveryStatus {
  delivery: string;
  title: string;
  track: Track | null;
  gates: GateState[];
  tasks: { total: number; verified: number };
  /** Remarks of reviewers that nobody answered yet. */
  comments: Comment[];
  /** How the environments stand that policy says how to deploy to. */
  deploys: string[];
  /** Integrity faults and clock findings, one sentence each. */
  problems: string[];
  broken: boolean;
  next: string;
}

/** Where one delivery, or all of them, stand. A broken one is reported beside the others. */
export function status(ports: Ports, id?: string): Answer<{ deliveries: DeliveryStatus[] }> {
  const ids = id === undefined ? ports.deliveries.list() : [id];
  const deliveries = ids.map((one) => deliveryStatus(ports, one));
  const waiting = deliveries.filter((one) =>
    one.gates.some((gate) => gate.reasons.some((reason) => reason.code === 'undecided')),
  );
  return {
    said: `${deliveries.length} deliver${deliveries.length === 1 ? 'y' : 'ies'}, ${waiting.length} waiting for a person.`,
    blocks: deliveries.filter((one) => one.broken).map((one) => `${one.delivery}: ${one.problems[0]}`),
    next: deliveries.length === 0 ? '/spec starts a delivery' : (deliveries.find((one) => one.next !== '')?.next ?? ''),
    data: { deliveries },
  };
}

function deliveryStatus(ports: Ports, id: string): DeliveryStatus {
  const loaded = tryLoad(ports, id);
  if ('problems' in loaded) {
    const problems = loaded.problems.map((one) => `ledger/${one.file}: ${one.message}`);
    const next = `restore deliveries/${id}/ledger from git; nothing is repaired by itself`;
    return {
      delivery: id,
      title: '',
      track: null,
      gates: [],
      tasks: { total: 0, verified: 0 },
      comments: [],
      deploys: [],
      problems,
      broken: true,
      next,
    };
  }
  const { state, read } = loaded;
  const clock = clockFindings(read.ledger.graph, ports.now().getTime());
  return {
    delivery: id,
    title: state.title,
    track: state.settled.track,
    gates: state.gates,
    tasks: { total: state.tasks.length, verified: state.tasks.filter((task) => task.state === 'verified').length },
    comments: commentsOf(read.ledger).filter(isOpen),
    deploys: deployLines(read, state).map((one) => one.text),
    problems: [
      ...glassLines(id, state.glass, read.now),
      ...clock.map((one) => `event ${short(one.event)}: ${one.message}`),
    ],
    broken: false,
    next: nextStep(loaded),
  };
}

/** At most four lines for the start of a session: what is here, what waits for a person, whether glass is broken. */
export function sessionLines(ports: Ports): string[] {
  const ids = ports.deliveries.list();
  if (ids.length === 0) return [];
  const all = ids.map((id) => [id, tryLoad(ports, id)] as const);
  const open = all.filter((one): one is [string, Loaded] => !('problems' in one[1]) && one[1].state.next !== null);
  const waiting = open.flatMap(([id, { state }]) =>
    state.next!.reasons.some((reason) => reason.code === 'undecided')
      ? [`${id} ${state.next!.about} ${short(state.next!.digest!)}`]
      : [],
  );
  const broken = all.filter((one) => 'problems' in one[1]).map(([id]) => id);
  const glass = all.flatMap(([id, one]) =>
    'problems' in one ? [] : glassLines(id, one.state.glass, one.read.now).map((line) => `${id}: ${line}`),
  );
  const unknown = all.flatMap(([id, one]) =>
    'problems' in one
      ? []
      : deploysOf(one.read.ledger)
          .filter((deploy) => deploy.open)
          .map((deploy) => `${id} to ${unknownOutcome(deploy)}`),
  );
  const names = open.slice(0, 5).map(([id, { state }]) => `${id} (${state.next!.stage})`);
  return [
    `Countersign: ${ids.length} deliveries, ${open.length} unfinished${names.length > 0 ? `: ${names.join(', ')}${open.length > 5 ? ' ...' : ''}` : ''}.`,
    waiting.length > 0
      ? `Waits for a person's decision (agents cannot approve): ${waiting.slice(0, 3).join('; ')}.`
      : '',
    glass.slice(0, 3).join(' '),
    unknown.length > 0 ? `${unknown.slice(0, 3).join('; ')}: assume nothing, apply nothing, then record.` : '',
    broken.length > 0 ? `Integrity fault in: ${broken.join(', ')}. Do not touch their ledgers; tell the user.` : '',
  ].filter((line) => line !== '');
}

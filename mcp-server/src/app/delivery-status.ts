import { glassLines } from '../domain/break-glass.ts';
import { commentsOf, isOpen } from '../domain/decision/comments.ts';
import { unknownOutcome } from '../domain/deploy/conditions.ts';
import { deploysOf } from '../domain/deploy/deploys.ts';
import { deployLines } from '../domain/deploy/lines.ts';
import { short } from '../domain/hash.ts';
import { clockFindings } from '../domain/ledger/clock-findings.ts';
import { steadyUntil } from '../domain/steady.ts';
import { type Loaded, reachOf, tryLoad } from './load.ts';
import { nextStep } from './next-step.ts';
import type { DeliveryStatus, Place } from './place.ts';
import type { KeptStatus } from './ports/kept.ts';
import type { Ports } from './ports.ts';

/** Where a delivery stands, and what that holds under; nothing where it may not be kept. */
export interface Judged {
  place: Place;
  keep?: Omit<KeptStatus, 'key' | 'place'> & {
    /** Names of the events, and of the artifacts and files that it was judged by. */
    present: string[];
  };
}

/** Looks at everything of one delivery. A broken one is a value. */
export function judgeDelivery(ports: Ports, id: string): Judged {
  const from = ports.now().getTime();
  const loaded = tryLoad(ports, id);
  if ('problems' in loaded) {
    const problems = loaded.problems.map((one) => `ledger/${one.file}: ${one.message}`);
    return { place: { status: broken(id, problems), glass: [], unknown: [] } };
  }
  const { state, read } = loaded;
  const glass = glassLines(id, state.glass, read.now);
  const unknown = deploysOf(read.ledger)
    .filter((deploy) => deploy.open)
    .map(unknownOutcome);
  const place = { status: statusOf(loaded, glass), glass, unknown };
  // Events that are gone may come back, and only the ledger's files would be looked at.
  if (read.gone.length > 0) return { place };
  const { graph, first } = read.ledger;
  const reach = state.design === undefined ? undefined : reachOf(state.design);
  const files = [...read.workspace.files, ...[...read.workspace.scripts.values()].flat()];
  const events = graph.order.map((event) => `${event.id}.json`);
  return {
    place,
    keep: {
      sources: {
        events,
        patterns: reach?.patterns ?? [],
        words: [...new Set([...(reach?.words.values() ?? [])].flat())],
      },
      first: first.id,
      heads: graph.heads,
      from,
      until: steadyUntil({ ledger: read.ledger, glass: state.glass, policy: read.policy }, from),
      present: [...events, ...Object.keys(read.artifacts), ...new Set(files.map((file) => file.path))],
    },
  };
}

function statusOf(loaded: Loaded, glass: readonly string[]): DeliveryStatus {
  const { state, read } = loaded;
  const clock = clockFindings(read.ledger.graph, read.now);
  return {
    delivery: read.id,
    title: state.title,
    track: state.settled.track,
    gates: state.gates,
    tasks: { total: state.tasks.length, verified: state.tasks.filter((task) => task.state === 'verified').length },
    comments: commentsOf(read.ledger).filter(isOpen),
    deploys: deployLines(read, state).map((one) => one.text),
    problems: [...glass, ...clock.map((one) => `event ${short(one.event)}: ${one.message}`)],
    broken: false,
    retired: state.retired,
    next: nextStep(loaded),
  };
}

const broken = (delivery: string, problems: string[]): DeliveryStatus => ({
  delivery,
  title: '',
  track: null,
  gates: [],
  tasks: { total: 0, verified: 0 },
  comments: [],
  deploys: [],
  problems,
  broken: true,
  retired: false,
  next: `restore deliveries/${delivery}/ledger from git; nothing is repaired by itself`,
});

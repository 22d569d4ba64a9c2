import { parseAbout } from '../decision/about.ts';
import type { Level } from '../decision/level.ts';
import { sentence } from '../history.ts';
import type { Recorded } from '../ledger/event.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What kind of moment an event is; a type that is not named here is `other` and still told by its sentence. */
export type Moment = 'decision' | 'submission' | 'check' | 'other';

/** One event as the timeline shows it, in the graph's order. */
export interface TimelineEvent {
  id: string;
  type: string;
  at: string;
  moment: Moment;
  by: string;
  kind: string;
  via: string;
  /** The event as one sentence; quotes what people wrote. */
  text: string;
  /** What a decision is worth; null for other events. */
  level: Level | null;
  /** Whether it went the wrong way: a rejection, a revocation, a failed check or deploy, broken glass, a signature that is void. */
  alarming: boolean;
}

/** Every event of the ledger, in its order. */
export function timeline(ledger: Ledger): TimelineEvent[] {
  return ledger.graph.order.map((event) => ({
    id: event.id,
    type: event.type,
    at: event.at,
    moment: MOMENTS[event.type as string] ?? 'other',
    by: event.actor.name,
    kind: event.actor.kind,
    via: event.actor.via,
    text: sentence(event),
    level: 'level' in event.body ? event.body.level : null,
    alarming: isAlarming(event),
  }));
}

const MOMENTS: Readonly<Record<string, Moment>> = {
  decided: 'decision',
  declared: 'decision',
  submitted: 'submission',
  checked: 'check',
  'deploy-finished': 'check',
  observed: 'check',
};

function isAlarming(event: Recorded): boolean {
  if (event.type === 'decided') return event.body.statement.decision !== 'approve' || event.body.level === 'void';
  if (event.type === 'declared') return true;
  if (event.type === 'deploy-finished') return event.body.outcome === 'failed';
  if (event.type === 'observed') return event.body.results.some((one) => one.result === 'failed');
  return event.type === 'checked' && event.body.result === 'failed';
}

/** The environment of `deploy:prod` and `drift:live/prod`; the empty text for every other subject. */
export function environmentOf(about: string): string {
  const { kind, name } = parseAbout(about);
  if (kind === 'drift') return /^live\/(.+)$/.exec(name)?.[1] ?? '';
  return kind === 'deploy' ? name : '';
}

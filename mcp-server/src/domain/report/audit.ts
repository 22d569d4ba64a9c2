import type { Level } from '../decision/level.ts';
import type { Subject } from '../decision/subject.ts';
import { person } from '../decision/votes.ts';
import type { DeliveryRead, DeliveryState } from '../delivery.ts';
import { authorsOf } from '../gate/gate.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf } from '../ledger/ledger.ts';
import { gateOf, isStage, type Stage } from '../stage.ts';
import { environmentOf } from './timeline.ts';

/** One decision or declaration of a person, with what an auditor asks of it. */
export interface AuditRow {
  delivery: string;
  title: string;
  /** Tickets that the requirements name. */
  tickets: string[];
  /** `stage:design`, `deploy:prod`, `break-glass:1` ...; empty where the submission is not in the ledger. */
  subject: string;
  environment: string;
  decision: 'approve' | 'reject' | 'revoke' | 'break-glass' | 'withhold';
  /** Who submitted or built what was decided about. */
  authors: string[];
  submittedAt: string;
  approver: string;
  email: string;
  at: string;
  /** What it is worth here; `void` for a signature that does not hold. */
  level: Level;
  levelAsked: string;
  /** Whether the approver is none of the authors; null where there was nothing to submit. */
  separated: boolean | null;
  separationAsked: boolean;
  /** Number of the broken glass that was open at the time, as far as the dates say; null without one. */
  breakGlass: number | null;
  round: number;
  digest: string;
  comment: string;
  event: string;
}

/** Every decision and declaration of a delivery in the ledger's order. */
export function auditRows(read: DeliveryRead, state: DeliveryState): AuditRow[] {
  const submissions = groupBy(eventsOf(read.ledger, 'submitted'), (event) => event.body.digest);
  const common = { delivery: read.id, title: state.title, tickets: state.requirements?.front?.refs ?? [] };
  return read.ledger.graph.order.flatMap((event): AuditRow[] => {
    if (event.type === 'decided') {
      const { statement, level } = event.body;
      const same = submissions.get(statement.subject) ?? [];
      const subject = same[0]?.body.subject;
      const authors = authorsIn(read, state, subject, same);
      return [
        {
          ...common,
          subject: subject?.about ?? '',
          environment: subject === undefined ? '' : environmentOf(subject.about),
          decision: statement.decision,
          authors: [...authors],
          submittedAt: same[0]?.at ?? '',
          approver: statement.approver.name,
          email: statement.approver.email ?? '',
          at: statement.at,
          level,
          levelAsked: subject?.policy.level ?? '',
          separated: subject === undefined ? null : !authors.has(person(statement.approver)),
          separationAsked: subject?.policy.separation ?? false,
          breakGlass: glassAt(state, statement.at),
          round: subject?.round ?? 0,
          digest: statement.subject,
          comment: statement.comment,
          event: event.id,
        },
      ];
    }
    return event.type === 'declared' ? [{ ...common, ...declared(event) }] : [];
  });
}

function declared(event: Recorded<'declared'>): Omit<AuditRow, 'delivery' | 'title' | 'tickets'> {
  const { declaration, level } = event.body;
  const number = declaration.act === 'break-glass' ? declaration.number : null;
  return {
    subject: number === null ? '' : `break-glass:${number}`,
    environment: '',
    decision: declaration.act,
    authors: [],
    submittedAt: '',
    approver: declaration.by.name,
    email: declaration.by.email ?? '',
    at: declaration.at,
    level,
    levelAsked: '',
    separated: null,
    separationAsked: false,
    breakGlass: number,
    round: 0,
    digest: declaration.act === 'withhold' ? declaration.evidence : '',
    comment: declaration.reason,
    event: event.id,
  };
}

function authorsIn(
  read: DeliveryRead,
  state: DeliveryState,
  subject: Subject | undefined,
  same: readonly Recorded<'submitted'>[],
): Set<string> {
  const stage = subject?.about.replace(/^stage:/, '') ?? '';
  if (isStage(stage)) return authorsOf(read.ledger, gateOf(state.settled.track, stage as Stage), same);
  return new Set(same.map((event) => person(event.actor)));
}

function glassAt(state: DeliveryState, at: string): number | null {
  const time = Date.parse(at);
  const open = state.glass.find((one) => one.since <= time && time <= one.until);
  return open?.number ?? null;
}

/** What of the record an auditor asked for; each bound is left out where it was not given. */
export interface AuditSpan {
  /** Milliseconds since the epoch, both inclusive. */
  since?: number;
  until?: number;
  environment?: string;
}

/** The rows within a span; a time that no calendar knows is never left out, because a sample must not hide it. */
export function within(rows: readonly AuditRow[], { since, until, environment }: AuditSpan): AuditRow[] {
  return rows.filter((row) => {
    const at = Date.parse(row.at);
    if (since !== undefined && at < since) return false;
    if (until !== undefined && at > until) return false;
    return environment === undefined || row.environment === environment;
  });
}

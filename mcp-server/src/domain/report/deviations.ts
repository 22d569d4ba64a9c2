import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';

/** A difference between the approved design and what was delivered. */
export interface DeviationRow {
  id: string;
  component: string;
  designed: string;
  delivered: string;
  reason: string;
  by: string;
  at: string;
  /** Approvals of the deviation itself, or of a build that froze it, with their level. */
  acceptedBy: string[];
}

/**
 * Every deviation in the ledger's order, with who accepted it.
 *
 * @param builds subjects whose approval accepts the deviations that were recorded before
 */
export function deviationRows(ledger: Ledger, builds: ReadonlySet<string> = BUILDS): DeviationRow[] {
  const submissions = eventsOf(ledger, 'submitted');
  const approvals = groupBy(
    eventsOf(ledger, 'decided').filter((event) => event.body.statement.decision === 'approve'),
    (event) => event.body.statement.subject,
  );
  const accepts = (event: Recorded<'deviated'>) =>
    submissions
      .filter(({ id, body: { subject } }) =>
        subject.about === `deviation:${event.body.id}`
          ? true
          : builds.has(subject.about) && ledger.graph.precedes(event.id, id),
      )
      .flatMap((submission) => approvals.get(submission.body.digest) ?? []);
  return eventsOf(ledger, 'deviated').map((event) => {
    const { id, component = '', designed, delivered, reason } = event.body;
    const acceptedBy = new Set(accepts(event).map(({ body }) => `${body.statement.approver.name} (${body.level})`));
    return {
      id,
      component,
      designed,
      delivered,
      reason,
      by: event.actor.name,
      at: event.at,
      acceptedBy: [...acceptedBy],
    };
  });
}

/** A build's manifest holds its deviations; on the light track it is decided with the as-built record. */
const BUILDS: ReadonlySet<string> = new Set(['stage:build', 'stage:as-built']);

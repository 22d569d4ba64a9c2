import type { Recorded } from '../ledger/event.ts';
import type { Graph } from '../ledger/graph.ts';

/** What the decisions on one digest come to. */
export type Verdict =
  | { is: 'undecided' }
  | { is: 'approved'; by: Recorded<'decided'>[] }
  | { is: 'rejected' | 'revoked'; by: Recorded<'decided'>[] }
  | { is: 'contested'; by: Recorded<'decided'>[] };

/**
 * Adds up the decisions on one digest (docs/ledger.md).
 *
 * A reject or revoke closes the round: an approval counts only when it answers, that is descends from, every negative
 * decision and one of them was contested by an approval written without its knowledge. Where an approval and a negative
 * decision are concurrent and nothing descends from both, the verdict is contested and the gate blocked.
 */
export function verdictOf(graph: Graph<Recorded>, decisions: readonly Recorded<'decided'>[]): Verdict {
  const approvals = decisions.filter((event) => event.body.statement.decision === 'approve');
  const negatives = decisions.filter((event) => event.body.statement.decision !== 'approve');
  if (negatives.length === 0) return approvals.length === 0 ? { is: 'undecided' } : { is: 'approved', by: approvals };

  const settles = (approval: Recorded, negative: Recorded) =>
    graph.precedes(negative.id, approval.id) &&
    approvals.some((other) => graph.concurrent(other.id, negative.id) && graph.precedes(other.id, approval.id));
  const standing = approvals.filter((approval) => negatives.every((negative) => settles(approval, negative)));
  if (standing.length > 0) return { is: 'approved', by: standing };

  const open = negatives.filter((negative) =>
    approvals.some(
      (approval) =>
        graph.concurrent(approval.id, negative.id) &&
        !decisions.some((later) => graph.precedes(approval.id, later.id) && graph.precedes(negative.id, later.id)),
    ),
  );
  if (open.length > 0) return { is: 'contested', by: [...approvals, ...open] };
  const last = graph.latest(negatives)[0]!;
  return { is: last.body.statement.decision === 'revoke' ? 'revoked' : 'rejected', by: negatives };
}

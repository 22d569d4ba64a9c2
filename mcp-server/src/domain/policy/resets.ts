import { verdictOf } from '../decision/verdict.ts';
import { countVotes, person } from '../decision/votes.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { stricter } from './demand.ts';

/** Subjects that lower what later decisions have to be. */
const LOWERING = /^(?:track|risk|policy):/;

/**
 * The decisions that lowered policy, track or risk and were entitled to: approved as strictly as anything that had been
 * submitted before them was bound to (docs/ledger.md: lowering needs a decision at the old level). What was bound before
 * such a decision no longer binds.
 */
export function resets(ledger: Ledger): Recorded<'decided'>[] {
  const { graph } = ledger;
  const submissions = eventsOf(ledger, 'submitted');
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const accepted: Recorded<'decided'>[] = [];
  for (const event of submissions) {
    if (!LOWERING.test(event.body.subject.about)) continue;
    const verdict = verdictOf(graph, decisions.get(event.body.digest) ?? []);
    if (verdict.is !== 'approved') continue;
    const last = verdict.by.at(-1)!;
    const bound = submissions
      .filter((one) => graph.precedes(one.id, last.id) && !accepted.some((reset) => graph.precedes(one.id, reset.id)))
      .map((one) => one.body.subject.policy);
    const demand = bound.reduce(stricter, event.body.subject.policy);
    if (countVotes(demand, verdict.by, new Set([person(event.actor)]), Date.parse(last.at)).met) accepted.push(last);
  }
  return accepted;
}

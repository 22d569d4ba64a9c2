import { MANIFEST } from '../build/manifest.ts';
import { countsAsApplied } from '../change/baseline.ts';
import { verdictOf } from '../decision/verdict.ts';
import { countVotes } from '../decision/votes.ts';
import { type DeliveryRead, type DeliveryState, demandNow } from '../delivery.ts';
import { aboutStage, authorsOf } from '../gate/gate.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf } from '../ledger/ledger.ts';
import { stricter } from '../policy/demand.ts';
import { gateOf, type Stage } from '../stage.ts';

export interface ApprovedBuild {
  /** SHA-256 of the manifest's bytes, which are evidence. */
  manifest: string;
  /** Changes that were applied since, oldest first: what each recorded, at the paths that its approved plan admits. */
  applied: { manifest: string; paths: readonly string[] }[];
  /** Whether an approved as-built record followed it: from then on a difference is drift. */
  finished: boolean;
}

/**
 * The last Build that people approved as strictly as was asked, whatever became of its gate since: the content that owned
 * files are compared with. Expiry does not take it away; what was approved was approved.
 */
export function approvedBuild(read: DeliveryRead, state: DeliveryState): ApprovedBuild | null {
  const decisions = groupBy(eventsOf(read.ledger, 'decided'), (event) => event.body.statement.subject);
  const approved = (stage: Stage) => {
    const gate = gateOf(state.settled.track, stage);
    const demand = demandNow(read, state.settled)(gate);
    return eventsOf(read.ledger, 'submitted').filter((event) => {
      if (event.body.subject.about !== aboutStage(gate.stage)) return false;
      const verdict = verdictOf(read.ledger.graph, decisions.get(event.body.digest) ?? []);
      const { expires: _, ...asked } = stricter(event.body.subject.policy, demand);
      return verdict.is === 'approved' && countVotes(asked, verdict.by, authorsOf(read.ledger, gate, [event])).met;
    });
  };
  const manifestOf = (event: Recorded<'submitted'>) =>
    event.body.subject.artifacts.find((one) => one.path === MANIFEST)?.sha256;
  const build = approved('build').findLast((event) => manifestOf(event) !== undefined);
  if (build === undefined) return null;
  const finished = approved('as-built').some(
    (event) => event === build || read.ledger.graph.precedes(build.id, event.id),
  );
  const applied = state.cycles.filter(countsAsApplied).flatMap(({ closed, plan }) => {
    const { manifest } = closed!.body;
    const later = read.ledger.graph.precedes(build.id, closed!.id);
    return manifest === null || !later ? [] : [{ manifest, paths: plan!.body.paths }];
  });
  return { manifest: manifestOf(build)!, applied, finished };
}

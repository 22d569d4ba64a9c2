import { type DeliveryRead, type DeliveryState, subjectDemandNow } from '../delivery.ts';
import type { Finding } from '../finding.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { stricter, trackDemand } from '../policy/demand.ts';
import { found } from '../verify/rules.ts';
import { unknownOutcome } from './conditions.ts';
import { coverOf, deployDemand, deploysOf, isSpent, plansOf } from './deploys.ts';
import { frozenHash, planHashIn } from './entitled.ts';
import type { DeploySettings } from './environment.ts';
import { aboutDeploy, type DeployPlan, ENVIRONMENT_FILE } from './plan.ts';
import { beyondStanding } from './standing.ts';

/** Reads evidence: text by hash, undefined where it is not there. */
export type EvidenceOf = (sha256: string) => string | undefined;

/**
 * What is wrong with the record of deploys: an apply that no sufficient approval covers, an end that its evidence does not
 * tell, an outcome that nobody knows.
 *
 * @param held events that the trusted ref holds already
 */
export function deployFindings(
  read: Pick<DeliveryRead, 'id' | 'ledger' | 'floor'>,
  state: Pick<DeliveryState, 'settled'>,
  evidence: EvidenceOf,
  held: ReadonlySet<string>,
): Finding[] {
  const { id, ledger } = read;
  const place = (event: Recorded) => `deliveries/${id}/ledger/${event.id}.json`;
  const starts = new Map(eventsOf(ledger, 'deploy-started').map((event) => [event.id, event]));
  const ends = eventsOf(ledger, 'deploy-finished').flatMap((event) => {
    const problem = falseEnd(ledger, event, starts.get(event.body.start), evidence);
    return problem === undefined
      ? []
      : [found('deploy-record', place(event), problem, 'find out who wrote it, and what is really there')];
  });
  const applies = deploysOf(ledger).flatMap((deploy) => {
    const { start, open } = deploy;
    const why = notCovered(read, state, start, { evidence, held });
    return [
      ...(open
        ? [
            found(
              'deploy-outcome',
              place(start),
              unknownOutcome(deploy),
              `countersign deploy ${id} ${deploy.environment} record`,
            ),
          ]
        : []),
      ...why.map((text) =>
        found(
          'ungated-deploy',
          place(start),
          `a deploy to ${deploy.environment} began without a sufficient approval: ${text}`,
          'find out what was changed, and have it planned and approved',
        ),
      ),
    ];
  });
  return [...ends, ...applies];
}

/** Why an end cannot be believed. */
function falseEnd(
  ledger: Ledger,
  { id, body }: Recorded<'deploy-finished'>,
  start: Recorded<'deploy-started'> | undefined,
  evidence: EvidenceOf,
): string | undefined {
  if (start === undefined || !ledger.graph.precedes(start.id, id)) return 'it ends a deploy that never began';
  if (start.body.environment !== body.environment) return `it ends a deploy to ${start.body.environment}`;
  if (body.outcome === 'verified' && body.checks.length === 0) return 'it says verified, and no check was run';
  if (body.outcome !== 'failed' && body.checks.some((one) => one.result === 'failed'))
    return `it says ${body.outcome}, and a check failed`;
  const cited = [body.evidence, ...body.checks.map((one) => one.evidence)];
  // Evidence that is gone is a fault of its own.
  const foreign = cited.find((hash) => {
    const text = evidence(hash);
    return text !== undefined && startIn(text) !== start.id;
  });
  return foreign === undefined ? undefined : `its evidence ${foreign.slice(0, 12)} is of something else`;
}

function startIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { start?: unknown } | null)?.start;
  } catch {
    return undefined;
  }
}

/** Why an apply was not entitled to begin, by what the ledger held when it did. */
function notCovered(
  { ledger, floor }: Pick<DeliveryRead, 'ledger' | 'floor'>,
  state: Pick<DeliveryState, 'settled'>,
  start: Recorded<'deploy-started'>,
  { evidence, held }: { evidence: EvidenceOf; held: ReadonlySet<string> },
): string[] {
  const { environment, digest, basis, plan, build } = start.body;
  if (digest === null) return ['nobody approved it'];
  const about = aboutDeploy(environment);
  const submission = plansOf(ledger, environment).find(
    (event) => event.body.digest === digest && ledger.graph.precedes(event.id, start.id),
  );
  if (submission === undefined)
    return [`${digest.slice(0, 12)} is no plan for ${environment} that was submitted before`];
  // The present policy may have become stricter since; the trusted one judges what its ref does not hold yet.
  const fresh = floor !== undefined && !held.has(start.id);
  const bound = trackDemand(state.settled);
  const asked = fresh ? stricter(bound, subjectDemandNow({ policy: floor }, about, state.settled)) : bound;
  const demand = deployDemand(ledger, environment, asked, start);
  const { lacking } = coverOf(ledger, submission, { demand, now: Date.parse(start.at), before: start });
  if (lacking.length > 0) return lacking;
  const { artifacts } = submission.body.subject;
  const planOf = (hash: string | null | undefined) => planFrom(evidence, hash);
  if (basis === 'approval' || basis === 'external') {
    const before = deploysOf(ledger).filter((one) => ledger.graph.precedes(one.start.id, start.id));
    if (isSpent(before, digest)) return [`the decision on ${digest.slice(0, 12)} had been used`];
    return plan === planHashIn(submission) && planOf(plan)?.build === build
      ? []
      : ['it applied another plan than was approved'];
  }
  const now = planOf(plan);
  const approved = planOf(planHashIn(submission));
  const settings = frozenHash(artifacts, ENVIRONMENT_FILE);
  if (now === undefined || approved === undefined || settings === undefined || now.definition !== settings)
    return ['its plan or the settings it was approved with are not there'];
  if (basis === 'rollback') return now.action === 'rollback' ? [] : ['it is no rollback'];
  const text = evidence(settings);
  return text === undefined
    ? ['the settings it was approved with are not there']
    : beyondStanding(now, approved, JSON.parse(text) as DeploySettings, Date.parse(start.at));
}

function planFrom(evidence: EvidenceOf, hash: string | null | undefined): DeployPlan | undefined {
  const text = hash === null || hash === undefined ? undefined : evidence(hash);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as DeployPlan);
  } catch {
    return undefined;
  }
}

/** The evidence that an event of a deploy, or of a look at what was deployed, cites. */
export function citedByDeploy(event: Recorded): string[] {
  if (event.type === 'deploy-started') return [event.body.plan, event.body.build].flatMap((one) => one ?? []);
  if (event.type === 'observed') return event.body.results.map((one) => one.evidence);
  if (event.type !== 'deploy-finished') return [];
  return [event.body.evidence, ...event.body.checks.map((one) => one.evidence)];
}

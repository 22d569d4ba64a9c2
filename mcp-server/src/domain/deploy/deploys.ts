import { type Verdict, verdictOf } from '../decision/verdict.ts';
import { countVotes, person } from '../decision/votes.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type Demand, stricter } from '../policy/demand.ts';
import { resets } from '../policy/resets.ts';
import { aboutDeploy } from './plan.ts';

/** `unknown`: it began and no end was written, so nobody knows what it did. */
export type Outcome = Recorded<'deploy-finished'>['body']['outcome'] | 'unknown';

/** One apply, as the ledger tells it. */
export interface Deploy {
  environment: string;
  start: Recorded<'deploy-started'>;
  finish: Recorded<'deploy-finished'> | undefined;
  outcome: Outcome;
  /** Whether its unknown outcome still has to be verified: no later deploy to the environment came to an end. */
  open: boolean;
}

const WORST: readonly Outcome[] = ['failed', 'unknown', 'applied', 'verified'];

/** All deploys in the order of the ledger. An end counts only where it descends from the start that it names. */
export function deploysOf(ledger: Ledger): Deploy[] {
  const { graph } = ledger;
  const ends = eventsOf(ledger, 'deploy-finished');
  const deploys = eventsOf(ledger, 'deploy-started').map((start) => {
    const { environment } = start.body;
    const own = ends.filter(
      ({ id, body }) => body.start === start.id && body.environment === environment && graph.precedes(start.id, id),
    );
    // Two branches may have said two things: the worse one counts.
    const [finish] = [...graph.latest(own)].sort(
      (a, b) => WORST.indexOf(a.body.outcome) - WORST.indexOf(b.body.outcome),
    );
    return { environment, start, finish, outcome: finish?.body.outcome ?? ('unknown' as const) };
  });
  return deploys.map((one) => {
    const settled = deploys.some(
      (later) =>
        later.environment === one.environment &&
        later.finish !== undefined &&
        graph.precedes(one.start.id, later.start.id),
    );
    return { ...one, open: one.outcome === 'unknown' && !settled };
  });
}

export const deploysTo = (deploys: readonly Deploy[], environment: string) =>
  deploys.filter((one) => one.environment === environment);

/** The submissions of an environment's plans, and the one that counts: a newer one takes an older one's place. */
export function plansOf(ledger: Ledger, environment: string): readonly Recorded<'submitted'>[] {
  const about = aboutDeploy(environment);
  return eventsOf(ledger, 'submitted').filter((event) => event.body.subject.about === about);
}

/** Whether something was begun with the decision on this digest: a decision is good for one apply. */
export const isSpent = (deploys: readonly Deploy[], digest: string) =>
  deploys.some(({ start }) => start.body.digest === digest && start.body.basis !== 'standing');

/**
 * What an approval has to be: what policy asks now, and the strictest that any plan for this environment was bound to,
 * unless a decision lowered it since.
 */
export function deployDemand(ledger: Ledger, environment: string, now: Demand, before?: Recorded): Demand {
  const { graph } = ledger;
  const seen = (event: Recorded) => before === undefined || graph.precedes(event.id, before.id);
  const lowered = resets(ledger).filter(seen);
  return plansOf(ledger, environment)
    .filter((event) => seen(event) && !lowered.some((reset) => graph.precedes(event.id, reset.id)))
    .map((event) => event.body.subject.policy)
    .reduce(stricter, now);
}

/** How the decision on a submission stands. */
export interface Cover {
  is: Verdict['is'];
  /** Why it does not count, one sentence each; empty when it does. */
  lacking: string[];
  approvals: readonly Recorded<'decided'>[];
}

/**
 * @param now milliseconds since the epoch, for approvals that expire
 * @param before only what this event could have known counts
 */
export function coverOf(
  ledger: Ledger,
  submission: Recorded<'submitted'>,
  { demand, now, before }: { demand: Demand; now: number; before?: Recorded | undefined },
): Cover {
  const { digest, subject } = submission.body;
  const decisions = eventsOf(ledger, 'decided').filter(
    (event) =>
      event.body.statement.subject === digest && (before === undefined || ledger.graph.precedes(event.id, before.id)),
  );
  const verdict = verdictOf(ledger.graph, decisions);
  const { is } = verdict;
  if (is === 'undecided') return { is, lacking: ["it waits for a person's decision"], approvals: [] };
  if (is !== 'approved') return { is, lacking: [`it is ${is}`], approvals: [] };
  const authors = new Set([person(submission.actor)]);
  const votes = countVotes(stricter(demand, subject.policy), verdict.by, authors, now);
  return votes.met ? { is, lacking: [], approvals: votes.counted } : { is, lacking: votes.lacking, approvals: [] };
}

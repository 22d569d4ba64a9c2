import { canonical } from '../canonical.ts';
import type { Frozen } from '../decision/subject.ts';
import { verdictOf } from '../decision/verdict.ts';
import { countVotes, person } from '../decision/votes.ts';
import { groupBy } from '../group.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type Demand, stricter } from '../policy/demand.ts';

export type CycleStatus = 'PROPOSED' | 'PLANNED' | 'APPROVED' | 'APPLIED' | 'FAILED' | 'ABANDONED';

/** One cycle of change, as the ledger tells it. */
export interface Cycle {
  n: number;
  /** The event that opened it: its identity, also where two branches gave two changes one number. */
  id: string;
  title: string;
  status: CycleStatus;
  /** What was approved when it opened, or when it was last moved to a newer base. */
  base: readonly Frozen[];
  /** The requirements it touches with the hash each had in the base; empty text for one that is new. */
  requirements: Readonly<Record<string, string>>;
  opened: Recorded<'change-opened'>;
  plan: Recorded<'change-planned'> | undefined;
  /** The submission of that plan. */
  submission: Recorded<'submitted'> | undefined;
  /** Decisions that count for the plan; empty until it is approved. */
  approvals: readonly Recorded<'decided'>[];
  /** Why the plan is not approved. */
  lacking: readonly string[];
  closed: Recorded<'change-closed'> | undefined;
}

export const PLAN = 'change-plan.json';
/** Tasks, checks and paths of the plan. */
export const SCOPE = 'change-scope.json';
export const isOpen = (cycle: Cycle) => cycle.closed === undefined;
export const aboutChange = (n: number) => `change:${n}`;

/**
 * The cycles of a delivery in the order in which they were opened.
 *
 * @param demand what policy asks of a change now; the stricter of this and of what the submission bound holds
 * @param now milliseconds since the epoch, for approvals that expire
 */
export function cyclesOf(ledger: Ledger, demand: Demand, now: number): Cycle[] {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const submissions = groupBy(
    eventsOf(ledger, 'submitted').filter((event) => event.body.subject.about.startsWith('change:')),
    (event) => event.body.subject.artifacts.find((one) => one.path === PLAN)?.sha256,
  );
  const opened = eventsOf(ledger, 'change-opened');
  const plans = groupBy(eventsOf(ledger, 'change-planned'), (event) => event.body.change);
  const closed = new Map(eventsOf(ledger, 'change-closed').map((event) => [event.body.change, event]));
  const rebases = groupBy(opened, (event) => event.body.rebases);
  return (rebases.get(undefined) ?? []).map((first): Cycle => {
    const last = rebases.get(first.id)?.at(-1) ?? first;
    // A plan made on an older base counts for nothing.
    const plan = (plans.get(first.id) ?? []).findLast(
      (one) => last === first || ledger.graph.precedes(last.id, one.id),
    );
    const submission = plan === undefined ? undefined : submissions.get(plan.body.plan)?.findLast(binds(plan));
    const vote = voteOn(ledger, submission, decisions.get(submission?.body.digest ?? '') ?? [], { demand, now });
    const end = closed.get(first.id);
    const status =
      end?.body.status ?? (plan === undefined ? 'PROPOSED' : vote.lacking.length === 0 ? 'APPROVED' : 'PLANNED');
    const { n, title } = first.body;
    const { base } = last.body;
    const requirements = { ...last.body.requirements, ...plan?.body.requirements };
    return {
      n,
      id: first.id,
      title,
      status,
      base,
      requirements,
      opened: first,
      plan,
      submission,
      ...vote,
      closed: end,
    };
  });
}

/**
 * What a plan lets happen, as it is frozen beside it: a decision binds these bytes, so no later event can say that it
 * covered more.
 */
export const scopeBytes = ({
  tasks,
  checks,
  paths,
}: Pick<Recorded<'change-planned'>['body'], 'tasks' | 'checks' | 'paths'>) => canonical({ tasks, checks, paths });

/** Whether a submission is of exactly the texts and the scope that a plan's event names. */
function binds({ body }: Recorded<'change-planned'>): (submission: Recorded<'submitted'>) => boolean {
  const named = [...body.result, { path: PLAN, sha256: body.plan }, { path: SCOPE, sha256: sha256(scopeBytes(body)) }];
  return ({ body: { subject } }) =>
    subject.artifacts.length === named.length &&
    named.every(({ path, sha256 }) => subject.artifacts.some((one) => one.path === path && one.sha256 === sha256));
}

function voteOn(
  ledger: Ledger,
  submission: Recorded<'submitted'> | undefined,
  decisions: readonly Recorded<'decided'>[],
  { demand, now }: { demand: Demand; now: number },
): Pick<Cycle, 'approvals' | 'lacking'> {
  if (submission === undefined) return { approvals: [], lacking: ['there is no plan yet'] };
  const verdict = verdictOf(ledger.graph, decisions);
  if (verdict.is !== 'approved') return { approvals: [], lacking: [`the plan is ${verdict.is}`] };
  const asked = stricter(demand, submission.body.subject.policy);
  const votes = countVotes(asked, verdict.by, new Set([person(submission.actor)]), now);
  return votes.met ? { approvals: votes.counted, lacking: [] } : { approvals: [], lacking: votes.lacking };
}

/** Open changes that touch a requirement which this one touches, too. */
export function rivals(cycle: Cycle, cycles: readonly Cycle[]): { n: number; requirement: string }[] {
  return cycles
    .filter((other) => other.id !== cycle.id && isOpen(other))
    .flatMap((other) =>
      Object.keys(cycle.requirements)
        .filter((id) => Object.hasOwn(other.requirements, id))
        .map((requirement) => ({ n: other.n, requirement })),
    );
}

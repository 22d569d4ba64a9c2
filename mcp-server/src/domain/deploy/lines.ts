import { short } from '../decision/subject.ts';
import { type DeliveryRead, type DeliveryState, subjectDemandNow } from '../delivery.ts';
import { unknownOutcome } from './conditions.ts';
import { coverOf, deployDemand, deploysOf, deploysTo, isSpent, plansOf } from './deploys.ts';
import { designedEnvironments } from './designed.ts';
import { aboutDeploy } from './plan.ts';

/** How an environment stands, in a sentence, with the step that follows from it. */
export interface DeployLine {
  environment: string;
  text: string;
  /** Empty where nothing waits. */
  next: string;
  verified: boolean;
}

/**
 * One line for every environment that policy says how to deploy to and that concerns this delivery: its design names it, or
 * something was planned for it. In the policy's order.
 */
export function deployLines(
  read: Pick<DeliveryRead, 'id' | 'ledger' | 'policy' | 'floor' | 'now'>,
  state: Pick<DeliveryState, 'settled' | 'design'>,
): DeployLine[] {
  const { id, ledger, policy, now } = read;
  const all = deploysOf(ledger);
  const named = designedEnvironments(state.design);
  const names = Object.keys(policy.environments).filter(
    (name) =>
      policy.environments[name]!.deploy !== undefined &&
      (named.has(name) || plansOf(ledger, name).length > 0 || deploysTo(all, name).length > 0),
  );
  return names.map((environment) => {
    const here = deploysTo(all, environment);
    const last = here.at(-1);
    const run = `countersign deploy ${id} ${environment}`;
    const line = (text: string, next: string) => ({ environment, text, next, verified: last?.outcome === 'verified' });
    const open = here.findLast((one) => one.open);
    if (open !== undefined) return line(unknownOutcome(open), `verify what is there, then ${run} record (or rollback)`);
    const submission = ledger.graph.latest(plansOf(ledger, environment)).at(-1);
    const was = last === undefined ? 'nothing was deployed' : `${last.outcome} at ${last.start.at}`;
    if (submission === undefined || isSpent(here, submission.body.digest)) {
      const failed = last?.outcome === 'failed';
      return line(
        `${environment}: ${was}`,
        last === undefined || failed ? `${run} ${failed ? 'rollback' : 'plan'}` : '',
      );
    }
    const { digest } = submission.body;
    const demand = deployDemand(ledger, environment, subjectDemandNow(read, aboutDeploy(environment), state.settled));
    const { is, lacking, approvals } = coverOf(ledger, submission, { demand, now });
    if (lacking.length === 0) {
      const levels = [...new Set(approvals.map((one) => one.body.level))].join(', ');
      return line(`${environment}: ${was}; plan ${short(digest)} is approved (level ${levels})`, `${run} apply`);
    }
    const decide = `a person decides: /approve ${short(digest)} (or /approve reject ${short(digest)} REASON), then ${run} apply`;
    const closed = is === 'rejected' || is === 'revoked';
    return line(
      `${environment}: ${was}; plan ${short(digest)}: ${lacking.join('; ')}`,
      closed ? `${run} plan` : decide,
    );
  });
}

import { DEMANDED_LEVELS } from '../decision/level.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Demand, strictest } from '../policy/demand.ts';
import { coverOf, type Deploy, deploysOf, deploysTo, plansOf } from './deploys.ts';

/**
 * The last deploy to each environment, which is what is there, with why its approvals do not reach a level. One that nobody
 * approved lacks nothing here: it is a finding of its own.
 */
export function lastDeploys(ledger: Ledger, level: Demand['level']): (Deploy & { lacking: string[] })[] {
  const all = deploysOf(ledger);
  return [...new Set(all.map((one) => one.environment))].map((environment) => {
    const last = deploysTo(all, environment).at(-1)!;
    const { start } = last;
    const submission = plansOf(ledger, environment).find((event) => event.body.digest === start.body.digest);
    if (submission === undefined) return { ...last, lacking: [] };
    const { policy } = submission.body.subject;
    const demand = { ...policy, level: strictest(DEMANDED_LEVELS, policy.level, level) };
    const { lacking } = coverOf(ledger, submission, { demand, now: Date.parse(start.at), before: start });
    return { ...last, lacking };
  });
}

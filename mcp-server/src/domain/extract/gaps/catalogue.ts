import type { Fact, Gap } from '../contract.ts';
import { abandonedCall } from './abandoned-call.ts';
import { danglingReference } from './dangling-reference.ts';
import { fewRuns } from './few-runs.ts';
import { floatingImageTag } from './floating-image-tag.ts';
import { ignoredErrors } from './ignored-errors.ts';
import { missingDescription } from './missing-description.ts';
import { missingFailureEdge } from './missing-failure-edge.ts';
import { noErrorEdge } from './no-error-edge.ts';
import { noErrorPath } from './no-error-path.ts';
import { noHealthcheck } from './no-healthcheck.ts';
import { noLimits } from './no-limits.ts';
import { noRollback } from './no-rollback.ts';
import { noVerification } from './no-verification.ts';
import { orderLeftToAgent } from './order-left-to-agent.ts';
import { orphanTask } from './orphan-task.ts';
import { pipeToShell } from './pipe-to-shell.ts';
import { privilegedContainer } from './privileged-container.ts';
import { type GapRule, indexFacts } from './rule.ts';
import { secretInClear } from './secret-in-clear.ts';
import { unpinnedVersion } from './unpinned-version.ts';
import { unreachableEnd } from './unreachable-end.ts';
import { unusedTool } from './unused-tool.ts';

/** Every gap rule, one line each. */
export const gapRules: readonly GapRule[] = [
  abandonedCall,
  danglingReference,
  fewRuns,
  floatingImageTag,
  ignoredErrors,
  missingDescription,
  missingFailureEdge,
  noErrorEdge,
  noErrorPath,
  noHealthcheck,
  noLimits,
  noRollback,
  noVerification,
  orderLeftToAgent,
  orphanTask,
  pipeToShell,
  privilegedContainer,
  secretInClear,
  unpinnedVersion,
  unreachableEnd,
  unusedTool,
];

/** What every rule misses in these facts, which are in canonical order. */
export function findGaps(facts: readonly Fact[], rules: readonly GapRule[] = gapRules): Gap[] {
  const index = indexFacts(facts);
  return rules.flatMap((rule) =>
    rule.find(index).map(({ severity = rule.severity, ...found }) => ({ rule: rule.id, severity, ...found })),
  );
}

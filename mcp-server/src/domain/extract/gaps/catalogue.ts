import type { Fact, Gap } from '../contract.ts';
import { floatingImageTag } from './floating-image-tag.ts';
import { ignoredErrors } from './ignored-errors.ts';
import { missingDescription } from './missing-description.ts';
import { noErrorPath } from './no-error-path.ts';
import { noHealthcheck } from './no-healthcheck.ts';
import { noLimits } from './no-limits.ts';
import { noRollback } from './no-rollback.ts';
import { noVerification } from './no-verification.ts';
import { pipeToShell } from './pipe-to-shell.ts';
import { privilegedContainer } from './privileged-container.ts';
import { type GapRule, indexFacts } from './rule.ts';
import { secretInClear } from './secret-in-clear.ts';
import { unpinnedVersion } from './unpinned-version.ts';

/** Every gap rule, one line each. */
export const gapRules: readonly GapRule[] = [
  floatingImageTag,
  ignoredErrors,
  missingDescription,
  noErrorPath,
  noHealthcheck,
  noLimits,
  noRollback,
  noVerification,
  pipeToShell,
  privilegedContainer,
  secretInClear,
  unpinnedVersion,
];

/** What every rule misses in these facts, which are in canonical order. */
export function findGaps(facts: readonly Fact[], rules: readonly GapRule[] = gapRules): Gap[] {
  const index = indexFacts(facts);
  return rules.flatMap((rule) =>
    rule.find(index).map(({ severity = rule.severity, ...found }) => ({ rule: rule.id, severity, ...found })),
  );
}

import { short } from '../decision/subject.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { confirmedBy } from './confirmed.ts';
import { type CheckStatus, isFlaky } from './manifest.ts';

/** What a person should know of the checks beside their results: which never failed, which are flaky, what they run. */
export function checkNotes(statuses: readonly CheckStatus[], ledger: Ledger): string[] {
  return statuses.flatMap((status) => {
    const { check, state, same, failedBefore, scripts } = status;
    const { id } = check;
    if (state === 'to-confirm')
      return [`${id}: ${check.method}: ${confirmedBy(ledger, status) ?? 'confirmed with this decision, look at it'}`];
    if (state !== 'passed') return [];
    const { passed, failed } = same;
    const proof =
      failedBefore === undefined && failed === 0
        ? `${id}: no run of it ever failed: nothing shows that it can`
        : failedBefore === undefined
          ? `${id}: failed and passed on the same files alone`
          : `${id}: failed on other content before (evidence ${short(failedBefore.body.evidence)}), passes now`;
    return [
      proof,
      ...(isFlaky(status) ? [`${id}: flaky: of ${passed + failed} runs on these files ${failed} failed`] : []),
      ...scripts.map((script) => `${id}: runs ${script.path} ${short(script.sha256)}`),
    ];
  });
}

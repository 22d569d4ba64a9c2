import { designApproved, isFinished } from '../domain/delivery.ts';
import type { GuardEntry } from '../domain/guard-entry.ts';
import type { Loaded } from './load.ts';
import { nextStep } from './next-step.ts';

/**
 * Compiles what the guard needs to know of one delivery.
 *
 * @param keys stat keys of its sources, taken before the delivery was read
 */
export function guardEntry(loaded: Loaded, keys: Record<string, string>): GuardEntry {
  const { state } = loaded;
  return {
    keys,
    buildOpen: designApproved(state),
    finished: isFinished(state),
    why: state.next === null ? '' : state.next.reasons.map((reason) => reason.text).join('; '),
    next: nextStep(loaded),
    paths: (state.design?.components ?? []).filter((one) => one.action !== 'skip').flatMap((one) => one.paths),
  };
}

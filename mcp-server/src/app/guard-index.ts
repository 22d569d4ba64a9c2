import { openUntil } from '../domain/break-glass.ts';
import { admittedPaths } from '../domain/build/admitted.ts';
import { SPECIFIED } from '../domain/change/baseline.ts';
import { designApproved, isFinished } from '../domain/delivery.ts';
import { defaultGuard, type GuardEntry, type GuardPolicy } from '../domain/guard-entry.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import { STAGE } from '../domain/stage.ts';
import { type Loaded, loadPolicy } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';

/**
 * Compiles what the guard needs to know of one delivery.
 *
 * @param keys stat keys of its sources, taken before the delivery was read
 */
export function guardEntry(loaded: Loaded, keys: Record<string, string>): GuardEntry {
  const { state, read } = loaded;
  const breakGlassUntil = openUntil(state.glass, read.now);
  return {
    keys,
    buildOpen: designApproved(state),
    finished: isFinished(state),
    why: [...(state.next?.reasons ?? []).map((reason) => reason.text), ...(state.change?.waitsFor ?? [])].join('; '),
    next: nextStep(loaded),
    ...(breakGlassUntil === undefined ? {} : { breakGlassUntil }),
    paths: (state.retired ? [] : (state.design?.components ?? []))
      .filter((one) => one.action !== 'skip')
      .flatMap((one) => one.paths),
    started: admittedPaths(state.tasks, read.ledger),
    approved: state.gates
      .filter((gate) => gate.state === 'open')
      .flatMap((gate) => gate.covers.flatMap((stage) => STAGE[stage].artifact ?? []))
      .filter((name) => state.change === null || !(SPECIFIED as readonly string[]).includes(name)),
    change:
      state.change === null
        ? null
        : { n: state.change.cycle.n, admits: state.change.ready ? state.change.cycle.plan!.body.paths : [] },
  };
}

/** Compiles the policy's part; a policy that cannot be read declares no sandbox and switches nothing off. */
export function guardPolicy(ports: Ports): GuardPolicy {
  const key = ports.guard.keys([POLICY_FILE])[POLICY_FILE] ?? '-';
  let policy = defaultGuard(key);
  try {
    policy = { key, ...loadPolicy(ports).guard };
  } catch {
    // Every other command says what is wrong with it.
  }
  ports.guard.storePolicy(policy);
  return policy;
}

import { canonical, type Json } from '../../domain/canonical.ts';
import type { DeploySettings, LiveCheck } from '../../domain/deploy/environment.ts';
import { type Step, withSets } from '../../domain/deploy/planners/planner.ts';
import type { Recorded } from '../../domain/ledger/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Captured, RunResult } from '../ports/running.ts';

import type { Ports } from '../ports.ts';

/** What is kept of each stream of an apply or a check. */
const KEPT_BYTES = 256 * 1024;
/** Between two questions whether it is healthy. */
const PAUSE_MS = 1000;

export type CheckResult = Recorded<'deploy-finished'>['body']['checks'][number];

/** Runs one program of an environment in its folder; undefined when it cannot be started. */
export function runStep(
  ports: Ports,
  { directory, timeout, env }: DeploySettings,
  { argv, env: set = {} }: Pick<Step, 'argv' | 'env'>,
  keptBytes = KEPT_BYTES,
): Promise<RunResult | undefined> {
  return ports.programs.run(argv, { directory, timeoutMs: timeout * 1000, keptBytes, env, set });
}

/** Stores what a program printed, redacted and bounded, under the start that it belongs to. */
export function storeRun(
  ports: Ports,
  id: string,
  belongs: { start: string; plan: string | null; what: string },
  argv: readonly string[],
  run: RunResult | undefined,
): string {
  const secrets = run?.secrets ?? [];
  const clean = (text: string) => redact(text, secrets);
  const stream = (one: Captured | undefined) =>
    one === undefined ? null : { text: clean(one.text), bytes: one.bytes, sha256: one.sha256 };
  const text = canonical({
    schema: 'countersign/deploy-run@1',
    ...belongs,
    argv: argv.map(clean),
    exit: run?.exit ?? null,
    started: run !== undefined,
    timedOut: run?.timedOut ?? false,
    durationMs: Math.round(run?.durationMs ?? 0),
    stdout: stream(run?.stdout),
    stderr: stream(run?.stderr),
  } as unknown as Json);
  return ports.deliveries.storeEvidence(id, text, 'json');
}

/**
 * Waits until it is healthy, then runs the checks; each with its evidence. After the first that fails the others are not
 * run: what they would say is worth nothing.
 */
export async function verifyLive(
  ports: Ports,
  id: string,
  settings: DeploySettings,
  belongs: { start: string; plan: string | null; sets: Readonly<Record<string, string>> },
): Promise<{ checks: CheckResult[]; failures: string[] }> {
  const checks: CheckResult[] = [];
  const until = ports.now().getTime() + settings.wait * 1000;
  const { start, plan, sets } = belongs;
  const planned = [
    ...settings.health.map((one) => [one, true] as const),
    ...settings.checks.map((one) => [one, false] as const),
  ];
  for (const [check, waits] of planned) {
    const argv = withSets(check.run, sets);
    let run = await runStep(ports, settings, { argv });
    while (waits && failureOf(check, run) !== undefined && ports.now().getTime() < until) {
      await ports.programs.wait(PAUSE_MS);
      run = await runStep(ports, settings, { argv });
    }
    const failure = failureOf(check, run);
    const result = failure === undefined ? 'passed' : 'failed';
    const evidence = storeRun(ports, id, { start, plan, what: check.name }, argv, run);
    checks.push({ name: check.name, result, evidence });
    if (failure !== undefined) return { checks, failures: [failure] };
  }
  return { checks, failures: [] };
}

/** Why a look at the running system did not show what it has to; undefined when it did. */
export function failureOf({ name, contains = '', run: [program] }: LiveCheck, run: RunResult | undefined) {
  if (run === undefined) return `${name} failed: ${program} cannot be started`;
  if (run.timedOut) return `${name} failed: it was ended at the time limit`;
  if (run.exit !== 0) return `${name} failed: it ended with ${run.exit}`;
  return run.stdout.text.includes(contains) ? undefined : `${name} failed: its output is not what it has to contain`;
}

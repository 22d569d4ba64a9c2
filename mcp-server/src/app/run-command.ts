import type { Check } from '../domain/artifact/design.ts';
import { type Expectation, readExpectation, unmet } from '../domain/build/expect.ts';
import { type Repeat, readRepeat, unmetAgain } from '../domain/build/repeat.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { RunResult } from './ports/running.ts';
import type { Ports } from './ports.ts';

/** What running a check's command came to. */
export interface CommandRun {
  run: RunResult;
  /** The second run, where the check expects something of one. */
  again: RunResult | undefined;
  /** What was expected and not met, one sentence each. */
  failures: string[];
}

/**
 * Runs the command of a check, and once more where it expects something of a second run; nothing is recorded.
 *
 * @param present the files of the delivery as they are at the moment, for what a second run may not change
 */
export async function runCommand(
  ports: Ports,
  check: Check,
  policy: Policy['checks'],
  present: () => readonly Frozen[],
): Promise<CommandRun> {
  const expectations = check.expect.flatMap(({ text }) => readExpectation(text) ?? []);
  const repeats = check.expect.flatMap(({ text }) => readRepeat(text) ?? []);
  const { folder, seconds, environment: set } = check.settings;
  const options = { timeoutMs: (seconds ?? policy.timeout) * 1000, env: policy.env, set, folder };
  const start = () => ports.shell.run(commandOf(check), options);
  const run = await start();
  const failures = run.timedOut ? [TIME_LIMIT] : unmet(expectations, outcome(ports, expectations, run));
  if (repeats.length === 0 || failures.length > 0) return { run, again: undefined, failures };
  const before = present();
  const again = await start();
  const moved = differing(before, present());
  const second = again.timedOut
    ? [`second run: ${TIME_LIMIT}`]
    : unmetAgain(repeats, run, outcome(ports, repeats, again), moved);
  return { run, again, failures: second };
}

const TIME_LIMIT = 'it was ended at the time limit';

function commandOf({ command }: Check) {
  if (command!.lang === 'argv') return { argv: command!.text.split(/\r?\n/).filter((line) => line !== '') };
  return { lang: command!.lang === 'bash' ? ('bash' as const) : ('sh' as const), script: command!.text };
}

function outcome(ports: Ports, expectations: readonly (Expectation | Repeat)[], run: RunResult) {
  const named = expectations.flatMap((one) => ('path' in one ? [one.path] : []));
  const files = new Map(ports.files.existing(named).map(({ path }) => [path, ports.files.read(path)]));
  return { exit: run.exit, stdout: run.stdout.text, stderr: run.stderr.text, files };
}

/** Paths whose content is not the same in both. */
export function differing(before: readonly Frozen[], after: readonly Frozen[]): string[] {
  const old = new Map(before.map((file) => [file.path, file.sha256]));
  const now = new Map(after.map((file) => [file.path, file.sha256]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path)).sort();
}

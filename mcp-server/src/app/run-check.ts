import type { Check } from '../domain/artifact/design.ts';
import { type Expectation, readExpectation, unmet } from '../domain/build/expect.ts';
import { type CheckStatus, checkStatuses } from '../domain/build/manifest.ts';
import { canonical, type Json } from '../domain/canonical.ts';
import { designApproved } from '../domain/delivery.ts';
import { inputFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redact } from '../domain/redact.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { type Loaded, load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Captured, Ports, RunResult } from './ports.ts';

export interface CheckRun {
  check: string;
  result: 'passed' | 'failed' | 'not-run';
  /** What was expected and not met. */
  unmet: string[];
  evidence: string | null;
  durationMs: number;
  /** The last of the output, for the reader; data, never instruction. */
  tail: string;
}

/**
 * Runs one command check of the approved design, and records what came of it with the captured output as evidence.
 *
 * @throws Fault `unknown-check`, `not-a-command`
 */
export async function runCheck(ports: Ports, id: string, checkId: string, actor: Actor): Promise<Answer<CheckRun>> {
  const loaded = load(ports, id);
  const { state, read } = loaded;
  const none: CheckRun = { check: checkId, result: 'not-run', unmet: [], evidence: null, durationMs: 0, tail: '' };
  if (!designApproved(state))
    return {
      said: `${checkId} was not run: the design is not approved.`,
      blocks: state.change?.waitsFor ?? ['Design is not approved as it is now'],
      next: nextStep(loaded),
      data: none,
    };
  const status = statusOf(loaded, checkId);
  const waits = state.tasks.find((task) => task.component.id === status.component)?.waitsFor ?? [];
  if (waits.length > 0) return { said: `${checkId} was not run.`, blocks: waits, next: nextStep(loaded), data: none };
  const { lang, script, expectations } = command(status.check);

  const { env, timeout } = read.policy.checks;
  const run = await ports.shell.run(lang, script, { timeoutMs: timeout * 1000, env });
  // The files may have moved while it ran: it vouches only for what it saw, so the hash is of before, and must still hold.
  const after = statusOf(load(ports, id), checkId);
  const failures = verdict(ports, expectations, run);
  if (after.inputs !== status.inputs) failures.push('the files changed while it ran: run it again');
  const evidence = ports.deliveries.storeEvidence(id, evidenceText(status, lang, script, run, failures), 'json');
  const result = failures.length === 0 ? 'passed' : 'failed';
  append(ports, id, () => ({
    type: 'checked',
    actor,
    body: {
      check: checkId,
      component: status.component ?? '',
      definition: status.definition,
      inputs: status.inputs,
      result,
      exit: run.exit,
      durationMs: Math.round(run.durationMs),
      evidence,
    },
  }));
  const now = redraw(ports, id);
  return {
    said: `${checkId} ${result}.`,
    blocks: failures,
    next: result === 'passed' ? nextStep(now) : `mend ${status.component ?? 'the component'} and run ${checkId} again`,
    data: {
      check: checkId,
      result,
      unmet: failures,
      evidence,
      durationMs: Math.round(run.durationMs),
      tail: tail(run),
    },
  };
}

function statusOf({ state, read }: Loaded, checkId: string): CheckStatus {
  const statuses = state.design === undefined ? [] : checkStatuses(state.design, read.workspace, read.ledger);
  const found = statuses.find((one) => one.check.id === checkId);
  if (found !== undefined) return found;
  throw inputFault({
    code: 'unknown-check',
    message: `the design has no check ${JSON.stringify(checkId)}`,
    expected: `one of: ${statuses.map((one) => one.check.id).join(', ')}`,
  });
}

function command(check: Check): { lang: 'sh' | 'bash'; script: string; expectations: Expectation[] } {
  if (check.method !== 'command' || check.command === undefined)
    throw inputFault({
      code: 'not-a-command',
      message: `${check.id} is verified by ${check.rawMethod || 'nothing'}, not by a command`,
      expected: 'Method: command with a fenced command',
      next: 'a person confirms it with the Build approval',
    });
  const lang = check.command.lang === 'bash' ? 'bash' : 'sh';
  return {
    lang,
    script: check.command.text,
    expectations: check.expect.flatMap(({ text }) => readExpectation(text) ?? []),
  };
}

function verdict(ports: Ports, expectations: readonly Expectation[], run: RunResult): string[] {
  if (run.timedOut) return ['it was ended at the time limit'];
  const named = expectations.flatMap((one) => ('path' in one ? [one.path] : []));
  const files = new Map(ports.files.existing(named).map(({ path }) => [path, ports.files.read(path)]));
  return unmet(expectations, { exit: run.exit, stdout: run.stdout.text, stderr: run.stderr.text, files });
}

/** What is stored: redacted and bounded, with length and hash of the whole. */
function evidenceText(status: CheckStatus, lang: string, script: string, run: RunResult, failures: string[]): string {
  const clean = (text: string) => redact(text, run.secrets);
  const stream = (one: Captured) => ({ text: clean(one.text), bytes: one.bytes, sha256: one.sha256 });
  return canonical({
    schema: 'countersign/check-run@1',
    check: status.check.id,
    definition: status.definition,
    inputs: status.inputs,
    lang,
    script: clean(script),
    exit: run.exit,
    timedOut: run.timedOut,
    unmet: failures.map(clean),
    stdout: stream(run.stdout),
    stderr: stream(run.stderr),
  } as unknown as Json);
}

function tail(run: RunResult): string {
  return redact(`${run.stdout.text}${run.stderr.text}`, run.secrets).slice(-2000);
}

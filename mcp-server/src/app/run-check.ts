import type { Check } from '../domain/artifact/design.ts';
import { isConfirmed } from '../domain/build/confirmed.ts';
import { type CheckStatus, checkStatuses, isFlaky } from '../domain/build/manifest.ts';
import { canonical, type Json } from '../domain/canonical.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import { designApproved } from '../domain/delivery.ts';
import { inputFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redact } from '../domain/redact.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { askConfirmation } from './ask-confirmation.ts';
import type { CheckRun } from './check-run.ts';
import { type Loaded, load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Captured, RunResult } from './ports/running.ts';

import type { Ports } from './ports.ts';
import { recordProvenance } from './provenance.ts';
import { type CommandRun, differing, runCommand } from './run-command.ts';

/**
 * Runs one command check of the approved design, and records what came of it with the captured output as evidence. Where a
 * person says whether the check holds, they are asked.
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
  if (isConfirmed(status.check)) return askConfirmation(ports, loaded, status, actor);
  refuseWithoutCommand(status.check);
  const present = () => load(ports, id).read.workspace.files;
  const done = await runCommand(ports, status.check, read.policy.checks, present);
  const { run, failures } = done;
  // The files may have moved while it ran: it vouches only for what it saw, so the hash is of before, and must still hold.
  const after = statusOf(load(ports, id), checkId);
  if (after.inputs !== status.inputs)
    failures.push(movedMeanwhile(loaded.read.workspace.files, status, present(), after));
  const evidence = ports.deliveries.storeEvidence(id, evidenceText(status, done), 'json');
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
  if (result === 'passed' && status.component !== undefined) await recordProvenance(ports, id, status.component, actor);
  const now = redraw(ports, id);
  return {
    said: `${checkId} ${result}.${flaky(statusOf(now, checkId))}`,
    blocks: failures,
    next: result === 'passed' ? nextStep(now) : `mend ${status.component ?? 'the component'} and run ${checkId} again`,
    data: {
      check: checkId,
      result,
      unmet: failures,
      evidence,
      durationMs: Math.round(run.durationMs),
      tail: tail(done.again ?? run),
    },
  };
}

/** A word about runs on the same files that came to different results. */
function flaky(status: CheckStatus): string {
  const { passed, failed } = status.same;
  return isFlaky(status) ? ` It is flaky: of ${passed + failed} runs on these files ${failed} failed.` : '';
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

function refuseWithoutCommand(check: Check): void {
  if (check.method !== 'command' || check.command === undefined)
    throw inputFault({
      code: 'not-a-command',
      message: `${check.id} is verified by ${check.rawMethod || 'nothing'}, not by a command`,
      expected: 'Method: command with a fenced command, inspection or manual',
    });
}

/** Which of the files and scripts that it vouches for are others now. */
function movedMeanwhile(
  files: readonly Frozen[],
  status: CheckStatus,
  filesNow: readonly Frozen[],
  now: CheckStatus,
): string {
  const moved = differing([...files, ...status.scripts], [...filesNow, ...now.scripts]);
  return `the files changed while it ran (${moved.slice(0, 5).join(', ')}): run it again, or let git ignore what it leaves behind`;
}

/** What is stored: redacted and bounded, with length and hash of the whole. */
function evidenceText(status: CheckStatus, { run, again, failures }: CommandRun): string {
  const secrets = [...run.secrets];
  const clean = (text: string) => redact(text, secrets);
  const stream = (one: Captured) => ({ text: clean(one.text), bytes: one.bytes, sha256: one.sha256 });
  const printed = (one: RunResult) => ({
    exit: one.exit,
    timedOut: one.timedOut,
    stdout: stream(one.stdout),
    stderr: stream(one.stderr),
  });
  const { command, settings } = status.check;
  const { passed, failed } = status.same;
  return canonical({
    schema: 'countersign/check-run@1',
    check: status.check.id,
    definition: status.definition,
    inputs: status.inputs,
    lang: command!.lang,
    script: clean(command!.text),
    folder: settings.folder,
    unmet: failures.map(clean),
    ...printed(run),
    ...(again === undefined ? {} : { again: printed(again) }),
    // What earlier runs on exactly these files came to: a result that comes and goes stays visible in what is approved.
    ...(passed + failed === 0 ? {} : { earlier: { passed, failed } }),
  } as unknown as Json);
}

function tail(run: RunResult): string {
  return redact(`${run.stdout.text}${run.stderr.text}`, run.secrets).slice(-2000);
}

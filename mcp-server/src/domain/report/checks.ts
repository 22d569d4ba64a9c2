import { withheld } from '../break-glass.ts';
import type { CheckState, CheckStatus } from '../build/manifest.ts';
import { checkStatuses, type Workspace } from '../build/manifest.ts';
import type { DeliveryState } from '../delivery.ts';
import { groupBy } from '../group.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type EvidenceText, type RunOutput, runOutput } from './evidence.ts';

/** One check with the run that speaks for it. */
export interface CheckView {
  id: string;
  title: string;
  method: string;
  criteria: string[];
  component: string | null;
  state: CheckState;
  expect: string[];
  /** Why it cannot be tested, where the design says so. */
  reason: string;
  /** How often it ran, and how often it failed. */
  runs: number;
  failures: number;
  run: CheckRunView | null;
}

export interface CheckRunView {
  at: string;
  by: string;
  result: string;
  exit: number | null;
  durationMs: number;
  evidence: string;
  event: string;
  output: RunOutput | null;
  /** Why there is no output to show; empty where there is. */
  missing: string;
}

/** All quoted output of one report together stays below this, in characters. */
const MOST_QUOTED = 200_000;

/** The checks of the design in its order, each with the run that counts and what it printed. */
export function checkViews(
  state: DeliveryState,
  workspace: Workspace,
  ledger: Ledger,
  text: EvidenceText,
): CheckView[] {
  if (state.design === undefined) return [];
  const runs = groupBy(eventsOf(ledger, 'checked'), (event) => event.body.check);
  const gone = withheld(ledger);
  let left = MOST_QUOTED;
  const runView = ({ run }: CheckStatus): CheckRunView | null => {
    if (run === undefined) return null;
    const { result, exit, durationMs, evidence } = run.body;
    const full = left <= 0;
    const output = (full ? undefined : runOutput(text(evidence))) ?? null;
    if (output !== null) left -= output.script.length + output.stdout.length + output.stderr.length;
    const reason = gone.get(evidence)?.reason;
    const lost = full ? 'this report quotes no more' : 'the evidence is not there, or not what its name says';
    const missing = output !== null ? '' : reason === undefined ? lost : `withheld: ${reason}`;
    const view = { at: run.at, by: run.actor.name, result, exit, durationMs, evidence, event: run.id };
    return { ...view, output, missing };
  };
  return checkStatuses(state.design, workspace, ledger).map((status) => {
    const { check, component } = status;
    const all = runs.get(check.id) ?? [];
    return {
      id: check.id,
      title: check.title,
      method: check.method ?? check.rawMethod,
      criteria: check.criteria,
      component: component ?? null,
      state: status.state,
      expect: check.expect.map((one) => one.text),
      reason: check.reason,
      runs: all.length,
      failures: all.filter((event) => event.body.result === 'failed').length,
      run: runView(status),
    };
  });
}

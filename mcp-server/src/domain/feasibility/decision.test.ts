import { describe, expect, it } from 'vitest';
import { FEASIBILITY_DECISIONS, NEED_STATUSES, type NeedStatus, readFeasibility } from '../artifact/feasibility.ts';
import type { Need } from '../artifact/requirements.ts';
import { allowsDesign, decide, type NeedOutcome, outcomes, tooOptimistic } from './decision.ts';
import { reasonsFor } from './reasons.ts';

const need = (id: string, required: boolean | undefined): Need => ({
  id,
  title: '',
  line: 1,
  block: undefined,
  required,
  requiredLine: 1,
  ifNot: '',
  purpose: '',
});

interface Row {
  status: NeedStatus;
  stated: boolean;
  required: boolean | undefined;
  constrained: boolean;
}

/** Every outcome a need can have. */
const rows: Row[] = NEED_STATUSES.flatMap((status) =>
  [true, false].flatMap((stated) =>
    [true, false, undefined].flatMap((required) =>
      [true, false].map((constrained) => ({ status, stated, required, constrained })),
    ),
  ),
);

/** The decision in the words of the specification, one sentence a line. */
function naive(all: readonly Row[]): string {
  const required = all.filter((row) => row.required !== false);
  const blocked = required.filter((row) => ['blocked', 'skipped'].includes(row.status));
  const unknown = required.filter((row) => row.status === 'unknown');
  const weak = required.filter((row) => ['degraded', 'stub'].includes(row.status) || row.stated);
  if (blocked.length === 0 && unknown.length === 0 && weak.length === 0) return 'feasible';
  if (blocked.length === 0 && unknown.length === 0 && weak.every((row) => row.constrained))
    return 'feasible-with-constraints';
  if (blocked.length === 0 && unknown.length > 0) return 'undetermined';
  return 'not-feasible';
}

function decided(all: readonly Row[]) {
  const outcome = all.map((row, at): NeedOutcome => ({ ...row, need: need(`CAP-${at + 1}`, row.required) }));
  const constrained = new Set(all.flatMap((row, at) => (row.constrained ? [`CAP-${at + 1}`] : [])));
  return { decision: decide(outcome, constrained), reasons: reasonsFor(outcome, constrained) };
}

describe('the feasibility decision', () => {
  it('[R-FEAS-1] follows from the findings, for every outcome of up to two needs', () => {
    expect(decided([]).decision).toBe('feasible');
    for (const one of rows) {
      expect([one, decided([one]).decision]).toEqual([one, naive([one])]);
      for (const two of rows) expect([one, two, decided([one, two]).decision]).toEqual([one, two, naive([one, two])]);
    }
  });

  it('[R-FEAS-1] has reasons exactly when it is not feasible, and they name required needs alone', () => {
    for (const one of rows)
      for (const two of rows) {
        const { decision, reasons } = decided([one, two]);
        expect(reasons.length === 0).toBe(decision === 'feasible');
        for (const reason of reasons) expect([one, two][Number(reason[4]) - 1]?.required).not.toBe(false);
      }
  });

  it('[R-FEAS-1] is explained need by need', () => {
    const row = (status: NeedStatus, change: Partial<Row> = {}): Row => ({
      status,
      stated: false,
      required: true,
      constrained: false,
      ...change,
    });
    expect(decided([row('blocked'), row('unknown'), row('skipped')]).reasons).toEqual([
      'CAP-1 is required and blocked',
      'CAP-3 is required and skipped',
    ]);
    expect(decided([row('degraded'), row('unknown')]).reasons).toEqual(['CAP-2 is required and unknown']);
    expect(decided([row('degraded', { constrained: true }), row('stub'), row('resolved')]).reasons).toEqual([
      'CAP-2 is stub and no constraint answers it',
    ]);
    const answered = { constrained: true };
    expect(decided([row('stub', answered), row('resolved', { stated: true, ...answered })]).reasons).toEqual([
      'CAP-1 is stub',
      'CAP-2 is only stated',
    ]);
    expect(decided([row('degraded', { stated: true })]).reasons).toEqual([
      'CAP-1 is degraded and no constraint answers it',
    ]);
  });

  it('[R-FEAS-1] may be stated more cautiously, never more boldly', () => {
    for (const [said, stated] of FEASIBILITY_DECISIONS.entries())
      for (const [follows, computed] of FEASIBILITY_DECISIONS.entries())
        expect(tooOptimistic(stated, computed)).toBe(said < follows);
    expect(FEASIBILITY_DECISIONS.filter(allowsDesign)).toEqual(['feasible', 'feasible-with-constraints']);
  });

  it('[R-FEAS-1] takes a need without a finding, or with no known status, as unknown', () => {
    const { needs } = readFeasibility(
      [
        '## Findings',
        '',
        '| Need | Status | Fact | Evidence |',
        '|---|---|---|---|',
        '| CAP-1 | resolved | f | Stated: Ada |',
        '| CAP-2 | fine | f | probe:tool/x |',
        '| CAP-3 | stub | f | overstated |',
      ].join('\n'),
    );
    const all = ['CAP-1', 'CAP-2', 'CAP-3', 'CAP-4'].map((id) => need(id, true));
    expect(outcomes(all, needs).map((one) => [one.need.id, one.status, one.stated])).toEqual([
      ['CAP-1', 'resolved', true],
      ['CAP-2', 'unknown', false],
      ['CAP-3', 'stub', false],
      ['CAP-4', 'unknown', false],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { finishedTale } from '../../../../test/helpers/report-samples.ts';
import { type Advice, adviceFor, adviceForAll } from './advice.ts';
import { type Flow, flowOf } from './flow.ts';
import { metricsOf } from './metrics.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5, 9, 1);

/** A ledger in which requirements are submitted and decided at these hours. */
function story() {
  const ledger = new LedgerBuilder();
  const at = (hours: number) => ({ at: START + hours * HOUR });
  return { ledger, at };
}

describe('the flow of a delivery', () => {
  const made = () => finishedTale().report();

  it('parts the time of each gate into waiting for a decision and work', () => {
    const { flow } = made();
    expect(flow.gates.map((gate) => [gate.title, gate.rounds, gate.rejections, gate.firstPass])).toEqual([
      ['Requirements', 2, 1, false],
      ['Feasibility', 1, 0, true],
      ['Design', 2, 0, true],
      ['Build', 1, 0, true],
      ['As-Built', 1, 0, true],
    ]);
    // Submitted, 20 hours, rejected; commented and submitted again in 3 hours; 5 hours, approved.
    expect(flow.gates[0]!.waitingMs).toBe(25 * HOUR);
    expect(flow.gates[0]!.deciders).toEqual([{ name: 'Grace Hopper', decisions: 2, waitedMs: 25 * HOUR }]);
    expect(flow.gates[1]!.startedAt).toBe(flow.gates[0]!.endedAt);
    for (const gate of flow.gates) expect(gate.waitingMs).toBeLessThanOrEqual(gate.totalMs);
  });

  it('counts rework, deviations and failed checks', () => {
    const { flow } = made();
    expect(flow).toMatchObject({
      reworks: 1,
      deviations: 1,
      checkRuns: 4,
      failedRuns: 1,
      changesAfterAsBuilt: 0,
      waitsFor: null,
    });
    expect(flow.failing).toEqual([{ check: 'CHK-3', failures: 1 }]);
    expect(flow.finishedAt).toBe(flow.gates.at(-1)!.endedAt);
  });

  it('goes on until now while nobody decided, and says who is waited for', () => {
    const { ledger, at } = story();
    expect(flowOf(ledger.ledger(), 'standard', START + HOUR)).toMatchObject({
      waitsFor: 'work',
      waitingMs: 0,
      totalMs: HOUR,
    });
    ledger.submit('stage:requirements', at(2));
    const flow = flowOf(ledger.ledger(), 'standard', START + 10 * HOUR);
    expect(flow).toMatchObject({ waitsFor: 'decision', waitingMs: 8 * HOUR, totalMs: 10 * HOUR, finishedAt: null });
    expect(flow.gates[0]).toMatchObject({ firstPass: null, endedAt: null });
    expect(flow.gates[1]).toMatchObject({ startedAt: null, totalMs: 0 });
  });

  it('waits for nobody over a submission that a newer one replaced', () => {
    const { ledger, at } = story();
    ledger.submit('stage:requirements', at(1));
    const second = ledger.submit('stage:requirements', { ...at(3), round: 2 });
    ledger.approve(second, at(4));
    expect(flowOf(ledger.ledger(), 'standard', START + 9 * HOUR).gates[0]).toMatchObject({
      waitingMs: 3 * HOUR,
      totalMs: 4 * HOUR,
      rounds: 2,
      firstPass: false,
    });
  });

  it('[R-REPORT-6] is never negative, whatever clocks say', () => {
    const { ledger, at } = story();
    const submission = ledger.submit('stage:requirements', at(5));
    ledger.approve(submission, at(-5));
    const flow = flowOf(ledger.ledger(), 'standard', START - DAY);
    expect(flow.gates[0]).toMatchObject({ totalMs: 0, waitingMs: 0 });
    expect(flow.totalMs).toBe(0);
  });

  it('counts what is submitted after the as-built record, whatever kind of cycle it belongs to', () => {
    const { ledger } = story();
    const pass = (about: string) => ledger.approve(ledger.submit(about));
    pass('stage:as-built');
    pass('stage:design');
    pass('change:1');
    pass('track:light');
    ledger.note();
    expect(flowOf(ledger.ledger(), 'standard', START + DAY).changesAfterAsBuilt).toBe(2);
  });
});

describe('advice', () => {
  const codes = (advice: readonly Advice[]) => advice.map((one) => one.code);
  const gate = {
    about: 'stage:design',
    title: 'Design',
    startedAt: '',
    endedAt: '',
    totalMs: 5 * DAY,
    waitingMs: 4 * DAY,
    rounds: 1,
    rejections: 0,
    revocations: 0,
    firstPass: true,
    deciders: [],
  };
  const clean: Flow = {
    startedAt: '',
    finishedAt: '',
    totalMs: 5 * DAY,
    waitingMs: 0,
    waitsFor: null,
    gates: [{ ...gate, waitingMs: 0 }],
    reworks: 0,
    deviations: 0,
    checkRuns: 9,
    failedRuns: 0,
    failing: [],
    changesAfterAsBuilt: 0,
    glassBroken: 0,
  };

  it('says nothing where nothing stands out', () => {
    expect(adviceFor({ delivery: 'a', flow: clean })).toEqual([]);
    expect(
      adviceFor({
        delivery: 'a',
        flow: { ...clean, deviations: 1, changesAfterAsBuilt: 1, failing: [{ check: 'CHK-1', failures: 2 }] },
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<Flow>]>([
    ['slow-decisions', { waitingMs: 4 * DAY, gates: [gate] }],
    ['many-rounds', { gates: [{ ...gate, waitingMs: 0, rounds: 3 }] }],
    ['failing-check', { failing: [{ check: 'CHK-7', failures: 3 }] }],
    ['deviations', { deviations: 2 }],
    ['changes-after', { changesAfterAsBuilt: 2 }],
    ['broken-glass', { glassBroken: 1 }],
  ])('notices %s, with a step to take', (code, change) => {
    const advice = adviceFor({ delivery: 'a', flow: { ...clean, ...change } });
    expect(codes(advice)).toEqual([code]);
    expect(advice[0]!.step).not.toBe('');
  });

  it('proposes the light track where enough deliveries of one kind passed unchanged, and only there', () => {
    const one = { template: 'vlan', risk: 'low', track: 'standard', finished: true, flow: clean };
    const five = [one, one, one, one, one];
    expect(adviceForAll(five)[0]!.text).toContain(
      'all 5 deliveries from the template vlan passed every gate unchanged',
    );
    expect(codes(adviceForAll(five.slice(1)))).toEqual([]);
    expect(codes(adviceForAll([...five, { ...one, flow: { ...clean, reworks: 1 } }]))).toEqual([]);
    for (const other of [{ risk: 'standard' }, { track: 'strict' }, { finished: false }])
      expect(codes(adviceForAll(five.map((each) => ({ ...each, ...other }))))).toEqual([]);
  });
});

describe('metrics over all deliveries', () => {
  it('take medians that really occurred, over the gates that were passed', () => {
    const { ledger, at } = story();
    ledger.approve(ledger.submit('stage:requirements', at(1)), { ...at(3), by: { name: 'Grace' } });
    const begun = flowOf(new LedgerBuilder().ledger(), 'standard', START);
    const reports = [flowOf(ledger.ledger(), 'standard', START + DAY), begun].map((flow) => ({
      template: '',
      risk: 'low',
      track: 'standard',
      finished: false,
      flow,
    }));
    expect(metricsOf(reports)).toMatchObject({
      deliveries: 2,
      finished: 0,
      gates: [{ title: 'Requirements', passed: 1, medianMs: 3 * HOUR, medianWaitingMs: 2 * HOUR, firstPass: 1 }],
      waitingForDecision: 0,
    });
    expect(metricsOf([])).toMatchObject({ deliveries: 0, gates: [], advice: [] });
  });
});

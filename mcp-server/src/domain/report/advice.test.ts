import { describe, expect, it } from 'vitest';
import { adviceFor, adviceForAll } from './advice.ts';
import type { Flow } from './flow.ts';
import { metricsOf } from './metrics.ts';

const DAY = 86_400_000;
const gate = (more: Partial<Flow['gates'][number]> = {}): Flow['gates'][number] => ({
  about: 'stage:design',
  title: 'Design',
  startedAt: '',
  endedAt: '',
  totalMs: DAY,
  waitingMs: 0,
  rounds: 1,
  rejections: 0,
  revocations: 0,
  firstPass: true,
  deciders: [],
  ...more,
});
const flow = (more: Partial<Flow> = {}): Flow => ({
  startedAt: '',
  finishedAt: '',
  totalMs: 4 * DAY,
  waitingMs: 0,
  waitsFor: null,
  gates: [gate()],
  reworks: 0,
  deviations: 0,
  checkRuns: 0,
  failedRuns: 0,
  failing: [],
  changesAfterAsBuilt: 0,
  glassBroken: 0,
  ...more,
});
const said = (more: Partial<Flow>) =>
  adviceFor({ delivery: 'dns', flow: flow(more) }).map(({ code, text }) => [code, text]);

describe('advice on a delivery', () => {
  it('is about waiting where that took more than two days and more than half of the time, at the gate that waited longest', () => {
    const gates = [gate({ waitingMs: 1 }), gate({ title: 'Build', waitingMs: 5 }), gate({ waitingMs: 3 })];
    expect(adviceFor({ delivery: 'dns', flow: flow({ waitingMs: 2 * DAY + 1, gates }) })).toEqual([
      {
        code: 'slow-decisions',
        text: 'more than half of the time went by waiting for a decision, most of it at Build',
        step: 'name more people who may decide under roles in countersign.yaml; countersign status --mine shows each what waits',
      },
    ]);
    expect(said({ waitingMs: 2 * DAY, totalMs: 3 * DAY, gates })).toEqual([]);
    expect(said({ waitingMs: 3 * DAY, totalMs: 6 * DAY, gates })).toEqual([]);
    expect(said({ waitingMs: 3 * DAY, totalMs: 6 * DAY - 1, gates })).toHaveLength(1);
    expect(said({ waitingMs: 3 * DAY, gates: [] })).toEqual([]);
  });

  it('names each gate of three rounds and each check that failed three times', () => {
    const gates = [gate({ rounds: 2 }), gate({ rounds: 3 }), gate({ title: 'Build', rounds: 4 })];
    const failing = [2, 3, 4].map((failures) => ({ check: `CHK-${failures}`, failures }));
    expect(adviceFor({ delivery: 'dns', flow: flow({ gates, failing }) })).toEqual([
      ...['Design took 3 rounds', 'Build took 4 rounds'].map((text) => ({
        code: 'many-rounds',
        text,
        step: 'countersign validate dns --strict before submitting, and comments on a draft instead of rejections',
      })),
      ...[3, 4].map((count) => ({
        code: 'failing-check',
        text: `CHK-${count} failed ${count} times`,
        step: `countersign trace dns CHK-${count}: does its criterion say what is meant?`,
      })),
    ]);
  });

  it('counts deviations, submissions after the record, and broken glass', () => {
    expect(
      adviceFor({ delivery: 'dns', flow: flow({ deviations: 2, changesAfterAsBuilt: 2, glassBroken: 1 }) }),
    ).toEqual([
      {
        code: 'deviations',
        text: '2 deviations: the design said what could not be built',
        step: 'probe what the design relies on before it is submitted (/feasibility)',
      },
      {
        code: 'changes-after',
        text: '2 submissions after the as-built record: what was asked for was not what was needed',
        step: 'write what was learned into the as-built record, and into the questions of the template',
      },
      {
        code: 'broken-glass',
        text: 'the glass was broken once',
        step: 'a sandbox or a standing procedure for what was urgent, so that the next time needs none',
      },
    ]);
    expect(said({ glassBroken: 2 })).toEqual([['broken-glass', 'the glass was broken 2 times']]);
    expect(said({ deviations: 1, changesAfterAsBuilt: 1 })).toEqual([]);
  });
});

describe('advice on all deliveries', () => {
  const course = (more: object = {}, of: Partial<Flow> = {}) => ({
    finished: true,
    risk: 'low',
    track: 'standard',
    template: 'dns',
    flow: flow(of),
    ...more,
  });
  type All = Parameters<typeof adviceForAll>[0];
  const five = (last: object = course()) => [course(), course(), course(), course(), last] as unknown as All;

  it('is a lighter track where five of one kind passed every gate unchanged', () => {
    expect(adviceForAll(five())).toEqual([
      {
        code: 'lighter-track',
        text: 'all 5 deliveries from the template dns passed every gate unchanged: the light track would do',
        step: 'a person decides on it: countersign submit <id> track:light, or policy:current after an edit of countersign.yaml',
      },
    ]);
    const bare = five().map((one) => ({ ...one, template: '' }));
    expect(adviceForAll(bare)[0]!.text).toMatch(/^all 5 deliveries of low risk without a template passed/);
  });

  it.each([
    course({ finished: false }),
    course({ risk: 'standard' }),
    course({ track: 'strict' }),
    course({ template: 'other' }),
    course({}, { gates: [gate({ firstPass: false })] }),
    course({}, { gates: [gate({ firstPass: null })] }),
    course({}, { gates: [gate(), gate({ rounds: 2 })] }),
    course({}, { reworks: 1 }),
    course({}, { deviations: 1 }),
    course({}, { changesAfterAsBuilt: 1 }),
    course({}, { glassBroken: 1 }),
  ])('is none where one is otherwise: %j', (last) => expect(adviceForAll(five(last))).toEqual([]));
});

describe('metrics', () => {
  it('are sums over deliveries, and medians of times that really occurred', () => {
    const one = (ms: number, more: Partial<Flow> = {}, finished = true) =>
      ({
        finished,
        risk: 'standard',
        track: 'standard',
        template: '',
        flow: flow({ gates: [gate({ totalMs: ms, waitingMs: ms / 2 })], ...more }),
      }) as unknown as Parameters<typeof metricsOf>[0][number];
    const counts = { reworks: 1, deviations: 2, checkRuns: 3, failedRuns: 4, changesAfterAsBuilt: 5, glassBroken: 6 };
    const metrics = metricsOf([
      one(40, counts),
      one(10, { ...counts, waitsFor: 'decision' }),
      one(20, { waitsFor: 'work' }, false),
      one(30, {
        gates: [gate({ endedAt: null }), gate({ title: 'Build', totalMs: 7, waitingMs: 3, firstPass: false })],
      }),
      one(300),
    ]);
    expect(metrics).toEqual({
      deliveries: 5,
      finished: 4,
      gates: [
        { title: 'Design', passed: 4, medianMs: 20, medianWaitingMs: 10, firstPass: 4 },
        { title: 'Build', passed: 1, medianMs: 7, medianWaitingMs: 3, firstPass: 0 },
      ],
      waitingForDecision: 1,
      reworks: 2,
      deviations: 4,
      checkRuns: 6,
      failedRuns: 8,
      changesAfterAsBuilt: 10,
      glassBroken: 12,
      advice: [],
    });
    expect(metricsOf([])).toMatchObject({ deliveries: 0, finished: 0, gates: [] });
  });
});

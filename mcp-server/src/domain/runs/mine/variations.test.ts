import { describe, expect, it } from 'vitest';
import { leaf, script } from '../../../../../test/helpers/agent-runs.ts';
import type { Run } from '../run.ts';
import { mineJob } from './mine.ts';

/** Runs of which those with a number in `took` also make a call of their own. */
function runs(
  count: number,
  took: readonly number[],
  before: (run: number) => string[],
  more?: (run: number) => Partial<Run>,
) {
  return Array.from({ length: count }, (_, run) =>
    script(run, [...before(run), ...(took.includes(run) ? ['extra_step a=1'] : []), 'end_it a=1'], more?.(run)),
  );
}
const conditions = (...given: Parameters<typeof runs>) => mineJob('job', runs(...given)).variations[0]!.conditions;
const either = (took: readonly number[], run: number, [yes, no]: readonly [unknown, unknown]) =>
  took.includes(run) ? yes : no;

describe('what tells runs apart', () => {
  const took = [0, 1, 2];
  const answered = (...values: unknown[]) => conditions(6, took, (run) => [`look a=1 > size=${values[run]}`]);

  it.each<[unknown[], string[]]>([
    [['x', 'x', 'x', 'y', 'y', 'y'], ['size of "look" is x, not y']],
    [['x', 'x', 'x', 'y', 'z', 'w'], ['size of "look" is x']],
    [['u', 'v', 'w', 'y', 'y', 'y'], ['size of "look" is not y']],
    [['u', 'v', 'w', 'x', 'y', 'z'], []],
    [['x', 'x', 'x', 'x', 'y', 'z'], []],
    [[7, 8, 9.5, 3, 2, -1], ['size of "look" is at least 7 (otherwise at most 3)']],
    [[1, 2, 3, 4, 5, 6], ['size of "look" is at most 3 (otherwise at least 4)']],
    [[1, 5, 3, 4, 2, 6], []],
    [[1, 2, 'x3', 4, 5, 6], []],
    [[1, 2, 3, 4, 5, '6a'], []],
    [[1, 2, 3, 4, 5, '6.'], []],
  ])('by answers %j is %j', (values, expected) => expect(answered(...values)).toEqual(expected));

  it('is not said of two runs, of which everything is different', () => {
    expect(conditions(2, [0], (run) => [`look a=1 > size=${run}`])).toEqual([]);
    expect(conditions(3, [0], (run) => [`look a=1 > size=${run === 0 ? 'x' : 'y'}`])).toEqual([
      'size of "look" is x, not y',
    ]);
    expect(conditions(3, [0], (run) => [`look a=1 > size=${[9, 1, 2][run]}`])).toEqual([]);
    expect(conditions(3, [0, 1], (run) => [`look a=1 > size=${[9, 8, 1][run]}`])).toEqual([]);
  });

  it('is also an answer without names, what was missing, what was given, and a failure before', () => {
    expect(conditions(5, took, (run) => [`look a=1 > =${either(took, run, ['yes', 'no'])}`])).toEqual([
      'the answer of "look" is yes, not no',
    ]);
    expect(conditions(5, took, (run) => [`look a=1 > ${either(took, run, ['ok=1', 'other=1'])}`])).toEqual([
      'ok of "look" is 1, not (not there)',
      'other of "look" is (not there), not 1',
    ]);
    expect(conditions(5, took, (run) => [`look mode=${either(took, run, ['fast', 'slow'])}`])).toEqual([
      'mode given to "look" is fast, not slow',
    ]);
    expect(conditions(5, took, (run) => [`look ${either(took, run, ['mode=1', 'a=1'])}`])).toEqual([
      'mode given to "look" is 1, not (not there)',
      'a given to "look" is (not there), not 1',
    ]);
    expect(conditions(5, took, (run) => [...(took.includes(run) ? ['look! a=1'] : []), 'look a=1'])).toEqual([
      '"look" failed at first is yes, not no',
    ]);
    const declared = (run: number) => ({ inputs: [leaf('site', either(took, run, ['a', 'b'])), leaf('x', 1)] });
    expect(conditions(5, took, () => ['look a=1'], declared)).toEqual(['input site is a, not b']);
    const partly = (run: number) => ({ inputs: took.includes(run) ? [leaf('site', 'a')] : [] });
    expect(conditions(5, took, () => ['look a=1'], partly)).toEqual(['input site is a, not (not there)']);
  });

  it('is the clearest first, then the nearest, and three at most', () => {
    const before = (run: number) => [
      `first a=1 > far=${either(took, run, ['x', 'y'])} many=${either(took, run, ['x', run])}`,
      `second b=${either(took, run, ['p', 'q'])} > near=${either(took, run, ['x', 'y'])}`,
    ];
    expect(conditions(6, took, before)).toEqual([
      'near of "second" is x, not y',
      'b given to "second" is p, not q',
      'far of "first" is x, not y',
    ]);
    const few = (run: number) => before(run).slice(0, 1);
    expect(conditions(6, took, few)).toEqual(['far of "first" is x, not y', 'many of "first" is x']);
  });

  it('stands before the ways part: what comes behind tells nothing', () => {
    const later = Array.from({ length: 6 }, (_, run) =>
      script(run, ['start a=1', ...(run < 3 ? ['extra a=1'] : []), `after a=1 > kind=${run < 3 ? 'x' : 'y'}`]),
    );
    expect(mineJob('job', later).variations).toMatchObject([{ after: 1, conditions: [] }]);
  });
});

describe('ways that runs take', () => {
  it('have the steps of the same runs together, with two places of each', () => {
    const job = mineJob(
      'job',
      [0, 1, 2, 3, 4].map((run) =>
        script(run, [
          'start a=1',
          ...(run < 3 ? ['one a=1', 'two a=1'] : ['other a=1']),
          'middle a=1',
          ...(run < 3 ? ['three a=1'] : []),
          ...(run === 4 ? ['odd a=1'] : []),
        ]),
      ),
    );
    const at = (run: number, line: number) => ({ path: `run-${run}.jsonl`, line, endLine: line });
    expect(job.variations).toEqual([
      {
        after: 1,
        arms: [
          {
            titles: ['one', 'two', 'three'],
            support: 3,
            evidence: [at(0, 2), at(1, 2), at(0, 3), at(1, 3), at(0, 5), at(1, 5)],
          },
          { titles: ['other'], support: 2, evidence: [at(3, 2), at(4, 2)] },
        ],
        conditions: [],
      },
      { after: 4, arms: [{ titles: ['odd'], support: 1, evidence: [at(4, 4)] }], conditions: [] },
    ]);
  });

  it('are at most forty, in the order of their places', () => {
    const sets = Array.from({ length: 60 }, (_, at) => at + 1);
    const many = Array.from({ length: 7 }, (_, run) =>
      script(run, ['start a=1', ...sets.filter((set) => ((set >> run) & 1) === 1).map((set) => `s_${set} a=1`)]),
    );
    const { variations } = mineJob('job', many);
    expect(variations).toHaveLength(40);
    const places = variations.map(({ after }) => after);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

import { describe, expect, it } from 'vitest';
import { leaf, script } from '../../../../../test/helpers/agent-runs.ts';
import type { Run } from '../run.ts';
import { mineJob } from './mine.ts';
import { nameOf } from './values.ts';

const word = (run: number) => ['amber', 'birch', 'cedar', 'dune', 'ember'][run]!;
const uuid = (run: number) => `0${run}0e8400-e29b-41d4-a716-446655440000`;

/** Where the values of the last step come from, as `path: origin`, and the inputs with how they are known. */
function mined(count: number, lines: (run: number) => string[], more: (run: number) => Partial<Run> = () => ({})) {
  const runs = Array.from({ length: count }, (_, run) => script(run, lines(run), more(run)));
  const job = mineJob('job', runs);
  const values = job.steps
    .at(-1)!
    .values.map(({ path, origin: { kind, ...rest }, each }) =>
      [`${path}:`, kind, ...Object.values(rest).flat(), ...(each ? ['each'] : [])].join(' '),
    );
  const inputs = job.inputs.map(({ name, by, varies, list, examples }) =>
    [name, by, ...(varies ? ['varies'] : []), ...(list ? ['list'] : []), ...examples].join(' '),
  );
  return { values, inputs };
}
const values = (...given: Parameters<typeof mined>) => mined(...given).values;

describe('the values of a step in several runs', () => {
  it('are constants where all have the same, and unknown where only one has any', () => {
    expect(values(3, (run) => [`do_it a=eu b=${word(run)}${run === 1 ? ' c=once' : ''}`])).toEqual([
      'a: constant eu',
      'b: input b',
      'c: unknown once',
    ]);
  });

  it('are one input where they differ in the same way, and get names of their own where not', () => {
    const { inputs } = mined(3, (run) => [
      `one x.name=${word(run)}`,
      `two name=${word(run)} y.name=${run + 40}`,
      `three name=${word(2 - run)}`,
    ]);
    expect(inputs).toEqual([
      'name varies varies amber birch cedar',
      'name2 varies varies 40 41 42',
      'name3 varies varies cedar birch amber',
    ]);
  });

  it('are what the sessions declare, of lists each turn', () => {
    const hosts = (run: number) => ['h', 'k', 'm'].slice(0, run + 2).map((name) => `${name}${run}`);
    const declared = (run: number) => ({
      inputs: [
        leaf('site', word(run)),
        ...hosts(run).map((host, at) => leaf(`hosts[${at * 10}]`, host)),
        leaf('fixed', 'eu'),
      ],
    });
    const lines = (run: number) => [
      ...hosts(run).map((host) => `push host=${host} at=${word(run)} in=eu`),
      ...(run === 0 ? [] : ['end_it a=1']),
    ];
    const { values: found, inputs } = mined(2, lines, declared);
    expect(inputs).toEqual([
      'site declared varies amber birch',
      'hosts declared varies list h0, k0 h1, k1, m1',
      'fixed declared eu',
    ]);
    expect(found).toEqual(['host: input hosts each', 'at: input site', 'in: constant eu']);
  });

  it('are results of the first step that gave them, unless it always gives the same', () => {
    const lines = (run: number) => [
      `look a=1 > id=${word(run)} same=x empty=`,
      `again a=1 > key=${word(run)} other=${run + 70}`,
      `use id=${word(run)} number=${run + 70} same=x`,
    ];
    expect(values(3, lines)).toEqual(['id: result 1 id', 'number: result 2 other', 'same: constant x']);
  });

  it('are no result where one run had another', () => {
    expect(values(3, (run) => [`look a=1 > id=${run === 2 ? 'zz' : word(run)}`, `use id=${word(run)}`])).toEqual([
      'id: input id',
    ]);
  });

  it('are what either of two ways gave', () => {
    const lines = (run: number) => [
      `${run < 2 ? 'make' : 'find'}_it a=1 > id=${word(run)}`,
      `use id=${word(run)} other=${word(run)}x`,
    ];
    expect(values(3, lines)).toEqual(['id: result 1 id', 'other: input other']);
  });

  it('are new each time where all look so and nobody asked for them', () => {
    const shapes = [uuid, (run: number) => `2026-01-0${run + 1}T10:00`, (run: number) => `17000000${run}0`];
    for (const shape of shapes) expect(values(3, (run) => [`use id=${shape(run)}`])).toEqual(['id: generated']);
    expect(values(3, (run) => [`use id=${run === 0 ? uuid(run) : word(run)}`])).toEqual(['id: input id']);
    const { values: found, inputs } = mined(
      3,
      (run) => [`use id=${uuid(run)}`],
      (run) => ({ prompt: `take ${uuid(run)}` }),
    );
    expect([found, inputs]).toEqual([['id: input id'], [`id prompt varies ${uuid(0)} ${uuid(1)} ${uuid(2)}`]]);
    expect(
      mined(
        3,
        (run) => [`use id=${word(run)}`],
        (run) => (run === 1 ? {} : { prompt: `take ${word(run)}` }),
      ).inputs,
    ).toEqual(['id varies varies amber birch cedar']);
  });

  it('are put together of inputs and results, the longer first, where all runs do it alike', () => {
    const lines = (run: number) => [
      `look name=${word(run)} > id=${word(run)}-${run + 50}`,
      `use text=${word(run)}-${run + 50}/${word(run)}/${word(run)} odd=${word(run)}${run === 1 ? '!' : '?'}`,
    ];
    expect(values(3, lines)).toEqual([
      'text: template {result of step 1: id}/{name}/{name} name result of step 1: id',
      'odd: input odd',
    ]);
  });

  it('are put together with words and numbers that stand by themselves only', () => {
    const lines = (run: number) => [
      `look vid=${run + 12} of=${'abc'[run]}x`,
      `use a=v${run + 12} b=1${run + 12}0 c=${'abc'[run]}x-y d=${'abc'[run]}xy`,
    ];
    expect(values(3, lines)).toEqual(['a: template v{vid} vid', 'b: input b', 'c: template {of}-y of', 'd: input d']);
  });

  it('are secret where one of the calls says so', () => {
    const runs = [0, 1, 2].map((run) => {
      const made = script(run, [`use token=${word(run)}`]);
      const calls = made.calls.map((one) => ({
        ...one,
        input: one.input.map((each) => (run === 1 ? { ...each, value: '', secret: true as const } : each)),
      }));
      return { ...made, calls };
    });
    const job = mineJob('job', runs);
    expect(job.steps[0]!.values).toEqual([{ path: 'token', each: false, origin: { kind: 'secret' } }]);
    expect(job.inputs).toEqual([]);
  });

  it('have places only of the runs that have them', () => {
    const job = mineJob(
      'job',
      [0, 1, 2].map((run) => script(run, [`use a=1${run === 1 ? '' : ` b=${word(run)}`}`])),
    );
    expect(job.inputs.map(({ name, evidence }) => [name, evidence.map(({ path }) => path)])).toEqual([
      ['b', ['run-0.jsonl', 'run-2.jsonl']],
    ]);
    const declared = mineJob(
      'job',
      [0, 1, 2].map((run) => script(run, ['use a=1'], run === 1 ? {} : { inputs: [leaf('site', word(run))] })),
    );
    expect(declared.inputs[0]!.evidence.map(({ path }) => path)).toEqual(['run-0.jsonl', 'run-2.jsonl']);
  });
});

describe('the values of a step in one run', () => {
  const one = (lines: string[], more: Partial<Run> = {}) =>
    mined(
      1,
      () => lines,
      () => more,
    );

  it('are inputs where they were declared or asked for by themselves', () => {
    const prompt = 'Make vlan 120 at berlin, x of 1200';
    const { values: found, inputs } = one(['use site=berlin vid=120 part=20 short=x near=berl no=bonn'], { prompt });
    expect(found).toEqual([
      'site: input site',
      'vid: input vid',
      'part: unknown 20',
      'short: unknown x',
      'near: input near',
      'no: unknown bonn',
    ]);
    expect(inputs).toEqual(['site prompt berlin', 'vid prompt 120', 'near prompt berl']);
    expect(one(['use a=eu b=x c=eux'], { inputs: [leaf('region', 'eu'), leaf('letter', 'x')] }).values).toEqual([
      'a: input region',
      'b: unknown x',
      'c: unknown eux',
    ]);
  });

  it('are results where they are not common words or small numbers', () => {
    const given = ['site-4711', 'true', '42', '420', 'abcdef', 'abcdefg', 'ab', 'none'];
    const said = given.map((value, at) => `k${at}=${value}`).join(' ');
    expect(one([`look a=1 > ${said}`, `use ${said}`]).values).toEqual([
      'k0: result 1 k0',
      'k1: unknown true',
      'k2: unknown 42',
      'k3: result 1 k3',
      'k4: unknown abcdef',
      'k5: result 1 k5',
      'k6: unknown ab',
      'k7: unknown none',
    ]);
  });

  it('are put together of at least three letters', () => {
    expect(one(['look a=1 > id=4711 tiny=ab', 'use text=vlan-4711 other=x-ab'], {}).values).toEqual([
      'text: template vlan-{result of step 1: id} result of step 1: id',
      'other: unknown x-ab',
    ]);
  });
});

describe('the name of a value', () => {
  it.each([
    ['body.vlan.id', 'id'],
    ['hosts[0]', 'hosts'],
    ['hosts[12].name[3]', 'name'],
    ['command --limit', 'limit'],
    ['command [0]', 'argument'],
    ['a.script [12]', 'argument'],
    ['cmd', 'argument'],
    ['mycmd', 'mycmd'],
    ['cmdline', 'cmdline'],
    ['command -e', 'e'],
    ['--x--y', 'x--y'],
    ['', 'value'],
    ['[0]', 'value'],
    ['a.', 'a'],
  ])('%j is %j', (path, name) => expect(nameOf(path)).toBe(name));
});

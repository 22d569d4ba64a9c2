import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Family, family, genericLines, leaf, script } from '../../../../../test/helpers/agent-runs.ts';
import { RunsReader } from '../read/read-runs.ts';
import type { Call, Leaf, Run } from '../run.ts';
import type { Job } from './job.ts';
import { mineJob } from './mine.ts';

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const checks = { numRuns: 150 };

const mine = ({ runs }: Family) => mineJob('job', runs);
const sequence = (job: Job) => job.steps.map((step) => step.tool);
const inputs = (job: Job) => job.inputs.map((input) => input.name).sort();

describe('five runs of one job', () => {
  it('give its steps in order and its inputs, exactly', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = family(seed, { runs: 5 });
        const job = mine(one);
        expect(sequence(job)).toEqual(one.truth.steps.flat());
        expect(inputs(job)).toEqual([...one.truth.inputs].sort());
      }),
      checks,
    );
  });

  it('[R-RUNS-1] give the same among retries and calls that only single runs make', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = family(seed, { runs: 5, noise: true });
        const job = mine(one);
        expect(sequence(job)).toEqual(one.truth.steps.flat());
        expect(inputs(job)).toEqual([...one.truth.inputs].sort());
      }),
      checks,
    );
  });

  it('tell steps that come in any order from those that wait for each other', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = family(seed, { runs: 5, reorder: true });
        const job = mine(one);
        const found = sequence(job);
        expect([...found].sort()).toEqual(one.truth.steps.flat().sort());
        let at = 0;
        for (const group of one.truth.steps) {
          expect(found.slice(at, at + group.length).sort()).toEqual([...group].sort());
          if (group.length === 2) expect(job.steps[at]?.anyOrder).toEqual([at + 2]);
          else expect(job.steps[at]?.anyOrder).toEqual([]);
          at += group.length;
        }
        expect(inputs(job)).toEqual([...one.truth.inputs].sort());
      }),
      checks,
    );
  });

  it('give the same after they were written to files and read', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = family(seed, { runs: 5, noise: true });
        const reader = new RunsReader();
        for (const [path, text] of genericLines(one.runs)) {
          const file = reader.file(path);
          file.push(text);
          file.end();
        }
        const job = mineJob('job', reader.done().runs);
        expect(sequence(job)).toEqual(one.truth.steps.flat());
        expect(inputs(job)).toEqual([...one.truth.inputs].sort());
      }),
      { numRuns: 40 },
    );
  });
});

describe('runs, changed in one thing', () => {
  const rename = (run: Run, change: (one: Call) => Call): Run => ({ ...run, calls: run.calls.map(change) });

  it('give the same job in any order of the runs', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = family(seed, { runs: 5, noise: true });
        const reversed = mineJob('job', [...one.runs].reverse());
        expect(sequence(reversed)).toEqual(sequence(mine(one)));
        expect(inputs(reversed)).toEqual(inputs(mine(one)));
      }),
      checks,
    );
  });

  it('have the new name of a tool, and nothing else differs', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = family(seed, { runs: 5 });
        const [old] = one.truth.steps.flat();
        const job = mineJob(
          'job',
          one.runs.map((run) => rename(run, (each) => (each.tool === old ? { ...each, tool: 'fetch_it' } : each))),
        );
        expect(sequence(job)).toEqual(sequence(mine(one)).map((tool) => (tool === old ? 'fetch_it' : tool)));
        expect(inputs(job)).toEqual(inputs(mine(one)));
      }),
      checks,
    );
  });

  it('lose an input that is made constant', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = family(seed, { runs: 5 });
        const [gone] = one.truth.inputs;
        const fixed = one.runs.map((run) => {
          const own = run.calls.flatMap((each) => each.input).find((leaf) => leaf.path === `args.${gone}`)?.value ?? '';
          const swap = (leaf: Leaf): Leaf => ({ ...leaf, value: leaf.value.replaceAll(own, 'always') });
          return rename(run, (each) => ({ ...each, input: each.input.map(swap), output: each.output.map(swap) }));
        });
        expect(inputs(mineJob('job', fixed))).toEqual(inputs(mine(one)).filter((name) => name !== gone));
      }),
      checks,
    );
  });
});

describe('where runs part', () => {
  const runs = [true, false, true, true, false].map((exists, run) =>
    script(run, [
      `find_vlan vid=${100 + run} > exists=${exists} count=${exists ? 1 : 0}`,
      ...(exists ? [`update_vlan vid=${100 + run}`] : [`create_vlan vid=${100 + run}`, `tag_vlan vid=${100 + run}`]),
      `get_vlan vid=${100 + run} > state=active`,
    ]),
  );
  const mined = () => mineJob('job', runs);

  it('the arms stand together with their support and what separates them', () => {
    const job = mined();
    expect(job.variations).toMatchObject([
      {
        after: 1,
        arms: [
          { titles: ['update_vlan'], support: 3 },
          { titles: ['create_vlan', 'tag_vlan'], support: 2 },
        ],
        conditions: ['exists of "find_vlan" is true, not false', 'count of "find_vlan" is 1, not 0'],
      },
    ]);
  });

  it('a value that is new in every run explains nothing', () => {
    const odd = [0, 1, 2, 3, 4].map((run) =>
      script(run, [`find id=${run * 7} > token=t${run}`, ...(run < 2 ? ['extra a=1'] : []), 'end a=1']),
    );
    expect(mineJob('job', odd).variations[0]?.conditions.filter((text) => text.startsWith('token'))).toEqual([]);
  });

  it('an answer that the client cut explains nothing by what is missing', () => {
    const cut = [0, 1, 2, 3, 4].map((run) => {
      const made = script(run, [
        `find a=1 > ${run < 3 ? 'exists=yes' : 'other=x'}`,
        ...(run < 3 ? ['extra a=1'] : []),
        'end a=1',
      ]);
      return { ...made, calls: made.calls.map((one, at) => (at === 0 && run >= 3 ? { ...one, cut: true } : one)) };
    });
    const said = mineJob('job', cut).variations.flatMap((one) => one.conditions);
    expect(said.filter((text) => text.startsWith('exists'))).toEqual([]);
  });

  it('a bound that separates numbers is said with both sides', () => {
    const sizes = [3, 40, 5, 60, 50].map((size, run) =>
      script(run, [`count_hosts a=1 > hosts=${size}`, ...(size > 10 ? ['ask_owner a=1'] : []), 'run a=1']),
    );
    expect(mineJob('job', sizes).variations[0]?.conditions).toEqual([
      'hosts of "count_hosts" is at least 40 (otherwise at most 5)',
    ]);
  });
});

describe('what a step is given', () => {
  const runs = [0, 1, 2, 3, 4].map((run) =>
    script(
      run,
      [
        `find_site name=site${run} region=eu > id=${run * 13 + 5}`,
        `create_vlan site=${run * 13 + 5} label=vlan-site${run}-a request=2026-01-0${run + 1}T10:00:00Z > vid=${700 + run}`,
        `get_vlan vid=${700 + run}`,
      ],
      { inputs: [leaf('siteName', `site${run}`)] },
    ),
  );
  const mined = () => mineJob('job', runs);
  const origin = (step: number, path: string) =>
    mined().steps[step - 1]?.values.find((value) => value.path === path)?.origin;

  it('is an input, a constant, a result, put together, or new each time', () => {
    expect(origin(1, 'name')).toEqual({ kind: 'input', name: 'siteName' });
    expect(origin(1, 'region')).toEqual({ kind: 'constant', value: 'eu' });
    expect(origin(2, 'site')).toEqual({ kind: 'result', step: 1, path: 'id' });
    expect(origin(2, 'label')).toEqual({ kind: 'template', template: 'vlan-{siteName}-a', inputs: ['siteName'] });
    expect(origin(2, 'request')).toEqual({ kind: 'generated' });
    expect(origin(3, 'vid')).toEqual({ kind: 'result', step: 2, path: 'vid' });
    expect(mined().inputs.map(({ name, by }) => [name, by])).toEqual([['siteName', 'declared']]);
  });

  it('is what either way gave, where runs part before', () => {
    const parted = [0, 1, 2, 3, 4].map((run) =>
      script(run, [
        `find a=1 > exists=${run % 2}`,
        `${run % 2 === 0 ? 'create' : 'update'}_vlan a=1 > id=${run * 31 + 7}`,
        `get_vlan id=${run * 31 + 7}`,
      ]),
    );
    const last = mineJob('job', parted);
    expect(last.inputs).toEqual([]);
    expect(last.steps.at(-1)?.values[0]?.origin).toEqual({ kind: 'result', step: 2, path: 'id' });
  });

  it('a write is verified by the read behind it', () => {
    expect(mined().steps.map((step) => step.verifiedBy)).toEqual([undefined, 3, undefined]);
  });
});

describe('repeats', () => {
  it('over a list are one step, and the list is the input', () => {
    const runs = [2, 3, 5].map((hosts, run) =>
      script(run, [
        'get_plan a=1',
        ...Array.from({ length: hosts }, (_, at) => [
          `push_config host=h${run}${at}`,
          `check_config host=h${run}${at}`,
        ]).flat(),
        'end a=1',
      ]),
    );
    const job = mineJob('job', runs);
    expect(sequence(job)).toEqual(['get_plan', 'push_config', 'check_config', 'end']);
    expect(job.steps[1]?.turns).toEqual({ least: 2, most: 5 });
    expect(job.inputs).toMatchObject([{ name: 'host', list: true }]);
  });

  it('of the same question are waiting', () => {
    const runs = [1, 4, 2].map((times, run) =>
      script(run, ['start_job a=1', ...Array.from({ length: times }, () => 'get_job a=1'), 'end a=1']),
    );
    const [, poll] = mineJob('job', runs).steps;
    expect(poll).toMatchObject({ tool: 'get_job', polls: true, turns: { least: 1, most: 4 } });
  });

  it('twice in every run are two steps, told apart by what stays the same', () => {
    const runs = [0, 1, 2].map((run) =>
      script(run, [`add_record type=A name=n${run}`, `add_record type=PTR name=n${run}`]),
    );
    expect(mineJob('job', runs).steps.map((step) => step.title)).toEqual([
      'add_record (type=A)',
      'add_record (type=PTR)',
    ]);
  });
});

describe('failures', () => {
  it('go to the attempt that stood; what mended them is no step of the job', () => {
    const runs = [0, 1, 2, 3, 4].map((run) =>
      script(run, ['open a=1', ...(run < 2 ? ['apply! a=1', `fix_rights b=${run}`] : []), 'apply a=1', 'close a=1']),
    );
    const job = mineJob('job', runs);
    expect(sequence(job)).toEqual(['open', 'apply', 'close']);
    expect(job.steps[1]).toMatchObject({ retried: 2, errors: ['it did not work'], support: 5 });
    expect(job.variations[0]?.arms[0]).toMatchObject({ titles: ['fix_rights'], support: 2 });
  });

  it('that nobody mended are said', () => {
    const job = mineJob('job', [script(0, ['open a=1', 'guess! a=1', 'close a=1'])]);
    expect(job.abandoned.map((one) => one.tool)).toEqual(['guess']);
    expect(sequence(job)).toEqual(['open', 'close']);
  });
});

describe('one run', () => {
  const run = script(
    0,
    ['find_site name=berlin region=eu-central-1 > id=site-4711', 'create_vlan vid=120 site=site-4711 mode=l2'],
    {
      prompt: 'Make VLAN 120 at berlin, please',
      offered: ['find_site', 'create_vlan', 'drop_vlan'],
      interventions: [{ kind: 'said', text: 'yes', after: 1, at: { path: 'run-0.jsonl', line: 2, endLine: 2 } }],
    },
  );
  const job = mineJob('job', [run]);

  it('takes for inputs what the person named, and leaves the rest open', () => {
    expect(job.inputs.map(({ name, by, varies }) => [name, by, varies])).toEqual([
      ['name', 'prompt', false],
      ['vid', 'prompt', false],
    ]);
    const origins = job.steps.flatMap((step) => step.values.map(({ path, origin }) => `${path} ${origin.kind}`));
    expect(origins).toEqual(['name input', 'region unknown', 'vid input', 'site result', 'mode unknown']);
  });

  it('shows where a person stepped in and which tools lay idle', () => {
    expect(job.people).toMatchObject([{ kind: 'said', after: 1, support: 1 }]);
    expect(job.unused).toEqual(['drop_vlan']);
  });
});

describe('people in several runs', () => {
  const said = (run: number, kind: 'asked' | 'said' | 'refused', text: string, after: number) => ({
    kind,
    text,
    after,
    at: { path: `run-${run}.jsonl`, line: 9, endLine: 9 },
  });

  it('step in at the same place, each kind by itself, with three of their texts and the runs that have it', () => {
    const runs = Array.from({ length: 25 }, (_, run) =>
      script(run, ['open a=1', 'close a=1'], {
        interventions: [
          said(run, 'said', `text ${run}`, 1),
          ...(run < 2 ? [said(run, 'said', 'text 0', 1), said(run, 'asked', 'sure?', 1)] : []),
          ...(run === 3 ? [said(run, 'refused', 'no', 0)] : []),
        ],
      }),
    );
    const { people } = mineJob('job', runs);
    expect(people.map(({ evidence, ...rest }) => ({ ...rest, places: evidence.length }))).toEqual([
      { kind: 'refused', after: 0, support: 1, texts: ['no'], places: 1 },
      { kind: 'asked', after: 1, support: 2, texts: ['sure?'], places: 2 },
      { kind: 'said', after: 1, support: 25, texts: ['text 0', 'text 1', 'text 2'], places: 20 },
    ]);
  });

  it('leave tools unused that no run used under any part of their names', () => {
    const runs = [0, 1].map((run) =>
      script(run, ['open a=1', 'adapter:x:read a=1'], {
        offered: ['y:open', 'read', 'b', 'x:a', ...(run ? ['b'] : [])],
      }),
    );
    expect(mineJob('job', runs).unused).toEqual(['b', 'x:a']);
  });
});

describe('what mends a failure', () => {
  const mended = (share: number) =>
    mineJob(
      'job',
      [0, 1, 2, 3, 4].map((run) =>
        script(run, ['open a=1', ...(run < share ? ['apply! a=1', 'fix a=1'] : []), 'apply a=1']),
      ),
    ).steps.map(({ tool, recovery }) => `${tool}${recovery ? ' mends' : ''}`);

  it('is a step only where nearly all runs need it', () => {
    expect(mended(3)).toEqual(['open', 'apply']);
    expect(mended(4)).toEqual(['open', 'apply']);
    expect(mended(5)).toEqual(['open', 'fix mends', 'apply']);
  });

  it('is a step where some runs make it without a failure', () => {
    const runs = [0, 1, 2, 3, 4].map((run) =>
      script(run, ['open a=1', ...(run < 2 ? ['apply! a=1'] : []), ...(run < 4 ? ['fix a=1'] : []), 'apply a=1']),
    );
    expect(mineJob('job', runs).steps.map(({ tool, recovery }) => [tool, recovery])).toEqual([
      ['open', false],
      ['fix', false],
      ['apply', false],
    ]);
  });
});

describe('runs of any length', () => {
  it('are laid side by side in bounded time', () => {
    const runs = [0, 1, 2, 3, 4].map((run) =>
      script(
        run,
        Array.from({ length: 2500 }, (_, at) => `tool_${at % 700} n=${at}`),
      ),
    );
    const start = performance.now();
    expect(mineJob('job', runs).steps.length).toBeGreaterThan(700);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

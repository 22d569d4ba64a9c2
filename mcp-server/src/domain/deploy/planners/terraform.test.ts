import { describe, expect, it } from 'vitest';
import { planContext, projected } from '../../../../../test/helpers/planned.ts';
import { PLANNERS } from './catalogue.ts';

describe.each(['terraform', 'tofu'] as const)('a run of %s', (tool) => {
  const planner = PLANNERS[tool];
  const quiet = { TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  const bare = planContext({ tool });
  const full = planContext(
    {
      tool,
      target: { workspace: 'prod' },
      base: ['all.tfvars'],
      overlay: ['prod.tfvars'],
      sets: { a: { pattern: '.*' } },
    },
    { a: 'x=y' },
  );

  it('is rehearsed into a saved plan, where differences are no failure, and shown as JSON', () => {
    expect(planner.steps(bare)).toEqual([
      {
        argv: [tool, 'plan', '-input=false', '-no-color', '-detailed-exitcode', '-out=/saved'],
        exits: [0, 2],
        env: quiet,
      },
      { argv: [tool, 'show', '-json', '-no-color', '/saved'], exits: [0], env: quiet },
    ]);
  });

  it('reads base before overlay before inputs, in its workspace', () => {
    const env = { ...quiet, TF_WORKSPACE: 'prod' };
    const [plan, show] = planner.steps(full);
    expect(plan!.argv.slice(6)).toEqual(['-var-file=all.tfvars', '-var-file=prod.tfvars', '-var', 'a=x=y']);
    expect([plan!.env, show!.env, planner.apply(full).env]).toEqual([env, env, env]);
  });

  it('applies the saved plan itself', () => {
    expect(planner.apply(bare)).toEqual({
      argv: [tool, 'apply', '-input=false', '-no-color', '/saved'],
      exits: [0],
      env: quiet,
    });
    expect([planner.tool, planner.saves, planner.files(bare.settings)]).toEqual([tool, true, []]);
  });
});

describe('the plan of a Terraform run', () => {
  const plan = (changes: [address: string, change: object][], outputs: object = {}) =>
    JSON.stringify({
      format_version: '1.2',
      resource_changes: changes.map(([address, change]) => ({ address, change })),
      output_changes: outputs,
    });
  const detailOf = (change: object) => {
    const found = projected('terraform', '', plan([['a.b', { actions: ['update'], ...change }]]));
    return (found as unknown as { detail: { resources: object[] } }).detail.resources[0];
  };

  it('has what each action comes to, a replacement as created and destroyed, without what stays, by address', () => {
    const text = plan(
      (
        [
          ['a.update', ['update']],
          ['a.recreate', ['delete', 'create']],
          ['a.replace', ['create', 'delete']],
          ['a.keep', ['no-op']],
          ['a.read', ['read']],
          ['a.make', ['create']],
          ['a.drop', ['delete']],
          ['a.forget', ['forget']],
        ] as const
      ).map(([address, actions]) => [address, { actions, after_unknown: { id: true } }]),
      {
        same: { actions: ['no-op'], before: 1, after: 1 },
        url: { actions: ['create'], after: 'http://x', after_unknown: false },
      },
    );
    const resource = (address: string, ...actions: string[]) => ({
      address: `a.${address}`,
      actions,
      before: null,
      after: null,
      unknown: { id: true },
    });
    expect(projected('terraform', '', text)).toEqual({
      summary: { creates: 3, changes: 2, destroys: 3, hosts: null },
      items: [
        { address: 'a.drop', action: 'destroy' },
        { address: 'a.forget', action: 'change' },
        { address: 'a.make', action: 'create' },
        { address: 'a.recreate', action: 'replace' },
        { address: 'a.replace', action: 'replace' },
        { address: 'a.update', action: 'change' },
      ],
      detail: {
        resources: [
          resource('drop', 'delete'),
          resource('forget', 'forget'),
          resource('make', 'create'),
          resource('recreate', 'delete', 'create'),
          resource('replace', 'create', 'delete'),
          resource('update', 'update'),
        ],
        outputs: [{ name: 'url', actions: ['create'], before: null, after: 'http://x', unknown: false }],
      },
    });
  });

  it('is empty where nothing is said to change', () => {
    expect(projected('terraform', '', '{"format_version":"1.2"}')).toEqual({
      summary: { creates: 0, changes: 0, destroys: 0, hosts: null },
      items: [],
      detail: { resources: [], outputs: [] },
    });
  });

  it('shows what is there and what will be, and what is known only after the apply', () => {
    const before = { n: 1, on: true, none: null, list: ['a', { b: 'c' }], '': 'x' };
    expect(detailOf({ before, after: { ...before, n: 2 }, after_unknown: { id: true } })).toEqual({
      address: 'a.b',
      actions: ['update'],
      before,
      after: { ...before, n: 2 },
      unknown: { id: true },
    });
  });

  it('takes out what is marked as sensitive, at any depth, before and after', () => {
    const value = {
      list: [{ key: 'one', open: 'seen' }, 'two', 'three'],
      map: { deep: 'four', n: 5 },
      whole: { a: 'b' },
    };
    const marks = { list: [{ key: true }, true], map: { n: true, deep: false }, whole: true };
    const shown = {
      list: [{ key: '[redacted]', open: 'seen' }, '[redacted]', 'three'],
      map: { deep: 'four', n: '[redacted]' },
      whole: '[redacted]',
    };
    expect(detailOf({ before: value, before_sensitive: marks, after: value, after_sensitive: {} })).toMatchObject({
      before: shown,
      after: value,
    });
    expect(detailOf({ before: value, before_sensitive: {}, after: value, after_sensitive: marks })).toMatchObject({
      before: value,
      after: shown,
    });
    expect(detailOf({ after: value, after_sensitive: true })).toMatchObject({ after: '[redacted]' });
  });

  it('shows values whose marks have another shape than they', () => {
    const value = { list: ['a'], map: { b: 'c' } };
    for (const marks of [null, false, { list: { 0: true }, map: null }, { list: null, map: [true] }, { list: false }])
      expect(detailOf({ after: value, after_sensitive: marks })).toMatchObject({ after: value });
  });

  it('takes out what is named like a secret, in lists too, what has the shape of one, and what is known to be one', () => {
    const after = {
      password: 'quiet please',
      token: ['first one', 'second'],
      url: 'https://u:pass1234@h/',
      note: 'say hunter22',
      size: 3,
    };
    expect(detailOf({ after })).toMatchObject({
      after: {
        password: '[redacted]',
        token: ['[redacted]', '[redacted]'],
        url: '[redacted]',
        note: 'say [clean]',
        size: 3,
      },
    });
  });

  it.each(['', 'Error: no plan'])('is unreadable as %j', (text) => {
    expect(projected('terraform', '', text)).toEqual({ unreadable: 'show -json printed no JSON' });
  });

  it.each([
    '{}',
    '[]',
    'null',
    '{"format_version":1}',
    '{"format_version":"1","resource_changes":[{}]}',
    '{"format_version":"1","resource_changes":[{"address":"a","change":{}}]}',
    '{"format_version":"1","output_changes":{"a":{}}}',
  ])('says what is wrong with %j', (text) => {
    expect(projected('terraform', '', text)).toEqual({
      unreadable: expect.stringMatching(/^show -json: Invalid input/),
    });
  });
});

import { describe, expect, it } from 'vitest';
import { call, runOf } from '../../../../test/helpers/agent-runs.ts';
import { jobsOf } from './jobs.ts';
import type { Run } from './run.ts';

const run = (number: number, tools: string, more: Partial<Run> = {}) =>
  runOf(
    number,
    tools.split(' ').map((tool, at) => call(tool, [], [], at, number)),
    more,
  );
const jobs = (...runs: Run[]) => jobsOf(runs).map(({ name, runs: own }) => [name, own.map(({ id }) => id)]);

describe('runs of one job', () => {
  it('are those that sessions call so', () => {
    expect(jobs(run(0, 'a b', { job: 'X' }), run(1, 'c d', { job: 'X' }), run(2, 'a b', { job: 'Y' }))).toEqual([
      ['X', ['run-0', 'run-1']],
      ['Y', ['run-2']],
    ]);
  });

  it('are else those that share half of their tools', () => {
    expect(jobs(run(0, 'a b c'), run(1, 'a b d'), run(2, 'a x y'), run(3, 'a b', { job: 'X' }))).toEqual([
      ['run-0', ['run-0', 'run-1']],
      ['run-2', ['run-2']],
      ['X', ['run-3']],
    ]);
    expect(jobs(run(0, 'a b c'), run(1, 'c d e'))).toHaveLength(2);
  });

  it('come in the order of their files and lines, whatever order they are given in', () => {
    const at = (path: string, line: number) => ({ at: { path, line, endLine: line } });
    const [a, b, c] = [run(0, 'a', at('x', 2)), run(1, 'a', at('x', 1)), run(2, 'a', at('b', 9))];
    expect(jobs(a!, b!, c!)).toEqual([['run-2', ['run-2', 'run-1', 'run-0']]]);
    const twins = [run(2, 'a', at('x', 1)), run(1, 'a', at('x', 1))];
    expect(jobs(...twins)).toEqual([['run-1', ['run-1', 'run-2']]]);
  });
});

describe('the name of a job', () => {
  const named = (...prompts: (string | undefined)[]) =>
    jobsOf(prompts.map((prompt, at) => run(at, 'a', { prompt })))[0]!.name;

  it.each([
    [['Make VLAN 12 at berlin', 'Make VLAN 30 at bonn'], 'Make VLAN … at …'],
    [['Make VLAN', 'Make a VLAN'], 'Make VLAN'],
    [['Make VLAN', undefined], 'Make VLAN'],
    [[undefined], 'run-0'],
    [['a/b: `c` <d>'], 'a b c d'],
    [['***'], 'job'],
    [[`${'word '.repeat(12)}end`], 'word '.repeat(12).trim()],
    [['x'.repeat(70)], 'x'.repeat(60)],
  ])('of the prompts %j is %j', (prompts, name) => expect(named(...prompts)).toBe(name));

  it('is numbered where two are called the same', () => {
    expect(jobs(run(0, 'a', { job: 'X/1' }), run(1, 'b', { job: 'X 1' })).map(([name]) => name)).toEqual([
      'X 1',
      'X 1 (2)',
    ]);
  });
});

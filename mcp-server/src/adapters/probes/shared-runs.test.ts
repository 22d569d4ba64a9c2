import { expect, it } from 'vitest';
import { sharedRuns } from './shared-runs.ts';

const ENV = { PATH: '/usr/bin:/bin' };

it('a run that ended with the time of another is begun anew for one that still has time', async () => {
  const run = sharedRuns();
  const [first, second] = [new AbortController(), new AbortController()];
  const argv = ['sh', '-c', 'sleep 0.2; echo done'] as const;
  const both = Promise.all([run(argv, ENV, first.signal), run(argv, ENV, second.signal)]);
  first.abort();
  expect(await both).toEqual([{ why: 'stopped' }, expect.objectContaining({ exit: 0, out: 'done\n' })]);
});

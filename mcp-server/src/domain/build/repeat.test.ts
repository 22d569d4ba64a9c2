import { describe, expect, it } from 'vitest';
import { readRepeat, unmetAgain } from './repeat.ts';

const run = (stdout: string, exit = 0) => ({ exit, stdout, stderr: '', files: new Map() });
const unchanged = [{ kind: 'unchanged' } as const];

describe('a second run [R-CHECK-2]', () => {
  it('is asked for by again, in front of any expectation', () => {
    expect(readRepeat('again changes nothing')).toEqual({ kind: 'unchanged' });
    expect(readRepeat('again stdout contains changed=0')).toMatchObject({ kind: 'contains', text: 'changed=0' });
    expect(readRepeat('again whatever')).toBeUndefined();
    expect(readRepeat('stdout contains again')).toBeUndefined();
    expect(readRepeat('AGAIN\n Changes Nothing')).toEqual({ kind: 'unchanged' });
    for (const text of [
      'again',
      'once again changes nothing',
      'again it changes nothing',
      'again changes nothing much',
    ])
      expect(readRepeat(text)).toBeUndefined();
  });

  it.each([
    ['Ansible', 'localhost : ok=2    changed=1    unreachable=0    failed=0\n'],
    ['Terraform', 'Apply complete! Resources: 0 added, 1 changed, 0 destroyed.\n'],
    ['Terraform', 'Plan: 0 to add, 0 to change, 2 to destroy.\n'],
    ['kubectl', 'deployment.apps/web configured\n'],
  ])('changes something when %s says so', (program, stdout) => {
    expect(unmetAgain(unchanged, { exit: 0 }, run(stdout), [])).toEqual([`second run: ${program} reports a change`]);
  });

  it.each([
    'localhost : ok=2    changed=0    unreachable=0    failed=0\n',
    'Apply complete! Resources: 0 added, 0 changed, 0 destroyed.\n',
    'No changes. Your infrastructure matches the configuration.\n',
    'deployment.apps/web unchanged\n',
  ])('changes nothing when the program says so: %s', (stdout) => {
    expect(unmetAgain(unchanged, { exit: 0 }, run(stdout), [])).toEqual([]);
  });

  it('may not move a file, and ends as the first did unless it says otherwise', () => {
    expect(unmetAgain(unchanged, { exit: 0 }, run('', 3), ['a.txt'])).toEqual([
      'second run: expected exit 0, got 3',
      'second run: it changed a.txt',
    ]);
    expect(unmetAgain([{ kind: 'exit', code: 3 }], { exit: 0 }, run('', 3), [])).toEqual([]);
    const also = [{ kind: 'contains', stream: 'stdout', text: 'b' } as const, { kind: 'exit', code: 3 } as const];
    expect(unmetAgain(also, { exit: 0 }, run('b', 3), [])).toEqual([]);
  });

  it('of one that did not end has to end well', () => {
    expect(unmetAgain(unchanged, { exit: null }, run(''), [])).toEqual([]);
    expect(unmetAgain(unchanged, { exit: null }, run('', 3), [])).toEqual(['second run: expected exit 0, got 3']);
  });

  it('names five moved files at most, and none where nothing was to stay', () => {
    const moved = ['a', 'b', 'c', 'd', 'e', 'f'];
    const both = [...unchanged, { kind: 'exit', code: 0 } as const];
    expect(unmetAgain(both, { exit: 0 }, run(''), moved)).toEqual(['second run: it changed a, b, c, d, e']);
    expect(
      unmetAgain([{ kind: 'exit', code: 0 }], { exit: 0 }, run('deployment.apps/web configured\n'), moved),
    ).toEqual([]);
  });
});

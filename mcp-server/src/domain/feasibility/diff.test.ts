import { describe, expect, it } from 'vitest';
import { diffSnapshots } from './diff.ts';
import type { PlatformFact } from './snapshot.ts';

const fact = (id: string, change: Partial<PlatformFact> = {}): PlatformFact => ({ id, outcome: 'present', ...change });

describe('the difference of two snapshots', () => {
  it('[R-FEAS-5] tells what appeared, went and changed, by id', () => {
    const before = [fact('b'), fact('a', { version: '1' }), fact('gone')];
    const after = [fact('a', { version: '2' }), fact('b'), fact('new')];
    expect(diffSnapshots(before, after)).toEqual({
      appeared: [fact('new')],
      gone: [fact('gone')],
      changed: [{ before: fact('a', { version: '1' }), after: fact('a', { version: '2' }) }],
    });
    expect(diffSnapshots(before, [...before].reverse())).toEqual({ appeared: [], gone: [], changed: [] });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type PlatformFact, snapshotBytes, tally } from './snapshot.ts';

const facts: PlatformFact[] = [
  { id: 'tool/python3', outcome: 'present', version: '3.11' },
  { id: 'tool/helm', outcome: 'absent' },
  { id: 'net/api', outcome: 'denied', reason: 'no token' },
  { id: 'net/ipam', outcome: 'not-probed' },
  { id: 'tool/git', outcome: 'present' },
];

describe('a snapshot', () => {
  it('[R-FEAS-2] has exact bytes, in a format that does not change', () => {
    expect(snapshotBytes(facts.slice(0, 3))).toBe(
      '{"facts":[{"id":"net/api","outcome":"denied","reason":"no token"},{"id":"tool/helm","outcome":"absent"},' +
        '{"id":"tool/python3","outcome":"present","version":"3.11"}],"schema":"countersign/platform@1"}',
    );
  });

  it('[R-FEAS-2] is the same whatever the order of the facts, even of two about one thing', () => {
    const twice = [...facts, { id: 'tool/git', outcome: 'absent' as const }];
    const shuffled = fc.shuffledSubarray(twice, { minLength: twice.length });
    fc.assert(
      fc.property(shuffled, (some) => {
        expect(snapshotBytes(some)).toBe(snapshotBytes(twice));
      }),
    );
  });

  it('[R-FEAS-2] keeps absent, denied and not probed apart', () => {
    expect(tally(facts)).toEqual({ present: 2, absent: 1, denied: 1, 'not-probed': 1 });
    expect(tally([])).toEqual({ present: 0, absent: 0, denied: 0, 'not-probed': 0 });
    expect(OUTCOMES).toEqual(['present', 'absent', 'denied', 'not-probed']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type PlatformFact, type ProbeCall, readSnapshot, snapshotBytes, tally } from './snapshot.ts';

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

  it('[R-FEAS-2] holds what was asked of each platform, in order', () => {
    const call = (probe: string, answer: string): ProbeCall => ({
      probe,
      call: 'GET /',
      answer,
      bytes: 2,
      sha256: 'ab',
    });
    const bytes = snapshotBytes([], [call('net', '404'), call('aws', 'exit 0'), call('net', '200')]);
    expect(JSON.parse(bytes)).toEqual({
      schema: 'countersign/platform@1',
      facts: [],
      calls: [call('aws', 'exit 0'), call('net', '200'), call('net', '404')],
    });
  });

  it('[R-FEAS-2] is read back, and other bytes are none', () => {
    const { schema, facts: read } = JSON.parse(snapshotBytes(facts)) as { schema: string; facts: PlatformFact[] };
    expect(readSnapshot(JSON.stringify({ schema, facts: read }))).toEqual(read);
    for (const other of ['', '{', 'null', '7', '{}', '{"schema":"countersign/platform@1","facts":{}}'])
      expect(readSnapshot(other)).toBeUndefined();
    expect(readSnapshot('{"schema":"countersign/platform@2","facts":[]}')).toBeUndefined();
  });

  it('[R-FEAS-2] keeps absent, denied and not probed apart', () => {
    expect(tally(facts)).toEqual({ present: 2, absent: 1, denied: 1, 'not-probed': 1 });
    expect(tally([])).toEqual({ present: 0, absent: 0, denied: 0, 'not-probed': 0 });
    expect(OUTCOMES).toEqual(['present', 'absent', 'denied', 'not-probed']);
  });
});

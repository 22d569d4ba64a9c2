import { describe, expect, it } from 'vitest';
import type { Recorded } from '../ledger/event.ts';
import { failedIn, lookSentence } from './observed.ts';

type Look = Recorded<'observed'>;
const result = (name: string, outcome: string, said = '') => ({
  name,
  result: outcome,
  said,
  evidence: 'e'.repeat(64),
});
const look = (kind: string, ...results: ReturnType<typeof result>[]) =>
  ({ body: { environment: 'prod', kind, results } }) as unknown as Look;

describe('a look at an environment', () => {
  it('says how many failed, which, what they said on one line, and where the evidence is', () => {
    const results = [
      result('up', 'passed', 'yes'),
      result('slo', 'failed', '900\nms'),
      result('disk', 'failed', 'full'),
    ];
    expect(lookSentence(look('observation', ...results))).toBe(
      'observed prod: 2 of 3 failed: slo: 900 ms (evidence eeeeeeeeeeee); disk: full (evidence eeeeeeeeeeee)',
    );
    expect(failedIn(results)).toEqual(['disk', 'slo']);
  });

  it('says so where none failed, and when it was a diagnosis', () => {
    expect(lookSentence(look('diagnosis', result('up', 'passed')))).toBe('diagnosed prod: 0 of 1 failed');
    expect(failedIn([])).toEqual([]);
  });
});

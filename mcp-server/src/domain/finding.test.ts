import { describe, expect, it } from 'vitest';
import { byPlace, errorsIn, type Finding } from './finding.ts';

const at = (path: string, line: number, rule: string, severity: Finding['severity'] = 'error'): Finding => ({
  rule,
  severity,
  path,
  line,
  message: 'm',
  fix: 'f',
});

describe('findings', () => {
  it('[R-RULE-17] sort by file, line and rule, without any locale', () => {
    const sorted = [at('B.md', 9, 'z'), at('a.md', 2, 'a'), at('a.md', 2, 'b'), at('a.md', 10, 'a')];
    expect([...sorted].reverse().sort(byPlace)).toEqual(sorted);
    expect([sorted[2]!, sorted[1]!].sort(byPlace)).toEqual([sorted[1], sorted[2]]);
    expect(byPlace(sorted[1]!, sorted[1]!)).toBe(0);
    expect(byPlace(sorted[0]!, sorted[1]!)).toBe(-1);
    expect(byPlace(sorted[1]!, sorted[0]!)).toBe(1);
    expect(byPlace(sorted[1]!, sorted[2]!)).toBe(-1);
    expect(byPlace(sorted[2]!, sorted[1]!)).toBe(1);
  });

  it('are errors only where they say so', () => {
    const findings = [at('a', 1, 'x', 'warning'), at('a', 2, 'x'), at('a', 3, 'x', 'info')];
    expect(errorsIn(findings)).toEqual([findings[1]]);
  });
});

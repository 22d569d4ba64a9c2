import { describe, expect, it } from 'vitest';
import { DEMANDED_LEVELS } from '../decision/level.ts';
import { type DemandedLevel, type DoctorLine, from, reachable } from './line.ts';

const line = (...keepsFrom: DemandedLevel[]): DoctorLine => ({
  probe: 'git',
  state: 'warning',
  found: '',
  means: '',
  improve: '',
  keepsFrom,
});

describe('the assurance that a set-up can reach', () => {
  it('is the highest where nothing is in the way', () => {
    expect(reachable([])).toBe('external');
    expect(reachable([line(), line()])).toBe('external');
  });

  it('is the highest that nothing keeps it from', () => {
    expect(reachable([line('external')])).toBe('signed');
    expect(reachable([line(...from('signed')), line('external')])).toBe('hosted');
    expect(reachable([line('hosted')])).toBe('external');
    expect(reachable([line(...from('hosted'))])).toBe('recorded');
  });

  it('is none where not even a record can be kept', () => {
    expect(reachable([line(...from('recorded'))])).toBeNull();
  });

  it('fails for everything above a level that cannot be reached', () => {
    expect(from('recorded')).toEqual([...DEMANDED_LEVELS]);
    expect(from('signed')).toEqual(['signed', 'external']);
    expect(from('external')).toEqual(['external']);
  });
});

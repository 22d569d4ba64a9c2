import { describe, expect, it } from 'vitest';
import { environmentFault, Fault, inputFault, integrityFault, policyFault } from './fault.ts';

describe('a fault', () => {
  it.each([
    ['input', inputFault],
    ['policy', policyFault],
    ['integrity', integrityFault],
    ['environment', environmentFault],
  ] as const)('of kind %s says who has to act', (kind, make) => {
    const cause = new Error('disk full');
    const fault = make({ code: 'some-code', message: 'what happened', expected: 'this', next: 'do that', cause });
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({
      name: 'Fault',
      kind,
      code: 'some-code',
      message: 'what happened',
      expected: 'this',
      next: 'do that',
      cause,
    });
  });

  it('has no cause where none was given', () => {
    const fault = inputFault({ code: 'c', message: 'm' });
    expect('cause' in fault).toBe(false);
    expect(fault.expected).toBeUndefined();
    expect(fault.next).toBeUndefined();
  });
});

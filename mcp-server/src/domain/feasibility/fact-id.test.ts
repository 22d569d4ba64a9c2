import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationsOf } from './evidence.ts';
import { factId, readableId } from './fact-id.ts';

describe('the id of a fact', () => {
  it('[R-FEAS-2] keeps parts apart, can be cited in a cell, and reads back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 }), (parts) => {
        const id = factId(...parts);
        expect(id).toMatch(/^[A-Za-z0-9._@:+~/-]+$/);
        expect(citationsOf(`probe:${id}`)).toEqual([{ kind: 'probe', ref: id }]);
        expect(id.split('/').map(readableId)).toEqual(parts);
      }),
    );
  });
});

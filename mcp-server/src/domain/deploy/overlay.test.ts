import { describe, expect, it } from 'vitest';
import { overlayDiffers } from './overlay.ts';

describe('what an environment says otherwise', () => {
  it.each([
    ['a: 1', 'a: 1', []],
    ['a: 1', 'a: 2', ['a is another']],
    ['a: 1', 'a: "1"', ['a is another']],
    ['a: 1', 'b: 1', ['b is set here only']],
    ['a: {b: {c: 1, d: 1}}', 'a: {b: {c: 2, d: 1}}', ['a.b.c is another']],
    ['a: [1, 2]', 'a: [2, 1]', ['a is another']],
    ['a: [1]', 'a: [1]', []],
    ['a: null', 'a:', []],
    ['{"a": 1}', 'a: 2', ['a is another']],
    ['', 'a: &x {b: 1}\nc: *x', ['a.b is set here only', 'c.b is set here only']],
    ['', 'text', []],
    ['', '- a: 1', []],
    ['', '', []],
  ])('between %j and %j is %j', (base, overlay, expected) => {
    expect(overlayDiffers([base], [overlay])).toEqual(expected);
  });

  it('is judged by the last file of each that sets a key', () => {
    expect(overlayDiffers(['a: 1', 'a: 2'], ['a: 1', 'a: 2'])).toEqual([]);
    expect(overlayDiffers(['a: 2', 'a: 1'], ['a: 2'])).toEqual(['a is another']);
  });

  it('leaves out files that are no YAML or beyond bounds, and reads the others', () => {
    const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`;
    expect(overlayDiffers(['a: [', 'a: 1'], ['a: 2', 'b: {', deep])).toEqual(['a is another']);
  });

  it('shows no value', () => {
    expect(overlayDiffers(['password: one'], ['password: two']).join()).not.toMatch(/one|two/);
  });
});

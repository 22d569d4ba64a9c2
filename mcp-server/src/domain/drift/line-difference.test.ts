import { describe, expect, it } from 'vitest';
import { lineDifference } from './line-difference.ts';

const lines = (count: number, text: string) => Array.from({ length: count }, (_, at) => `${text}${at}`).join('\n');

describe('the difference of two texts', () => {
  it.each([
    ['a\nb\nc', 'a\nx\nc', ['@@ line 2 @@', '-b', '+x']],
    ['a\nb', 'a\nb\nc', ['@@ line 3 @@', '+c']],
    ['a\nb\nc', 'c', ['@@ line 1 @@', '-a', '-b']],
    ['a', 'b', ['@@ line 1 @@', '-a', '+b']],
    ['a\nb', 'a\nb', ['@@ line 3 @@']],
    ['', 'a\nb', ['@@ line 1 @@', '-', '+a', '+b']],
    ['b\na\nb\nc', 'b\nb\nc', ['@@ line 2 @@', '-a']],
    ['a\nb\nc\nd', 'x\nb\ny\nd', ['@@ line 1 @@', '-a', '-b', '-c', '+x', '+b', '+y']],
    // What both sides share is counted once, from the beginning.
    ['a\na', 'a\na\na', ['@@ line 3 @@', '+a']],
    ['a\na\na', 'a', ['@@ line 2 @@', '-a', '-a']],
    ['x\nend', 'y\nz\nend', ['@@ line 1 @@', '-x', '+y', '+z']],
  ])('leaves out what they have in common at both ends: %j, %j', (before, after, expected) => {
    expect(lineDifference(before, after)).toEqual(expected);
  });

  it('shows 200 lines of each side, and how many more there are', () => {
    const shown = lineDifference(lines(201, 'a'), lines(200, 'b'));
    expect(shown).toHaveLength(1 + 201 + 200);
    expect(shown[200]).toBe('-a199');
    expect(shown[201]).toBe('- (1 more lines)');
    expect(shown.at(-1)).toBe('+b199');
  });
});

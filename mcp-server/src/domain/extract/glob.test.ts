import { describe, expect, it } from 'vitest';
import { globMatcher, literalPrefix } from './glob.ts';

describe('globs', () => {
  it.each([
    ['tasks/*.yml', 'tasks/a.yml', true],
    ['tasks/*.yml', 'tasks/sub/a.yml', false],
    ['tasks/setup-*.yml', 'tasks/setup-Debian.yml', true],
    ['roles/**/main.yml', 'roles/a/tasks/main.yml', true],
    ['roles/**/main.yml', 'roles/main.yml', true],
    ['roles/**/main.yml', 'roles/a/notmain.yml', false],
    ['vars/?.yml', 'vars/a.yml', true],
    ['vars/?.yml', 'vars/ab.yml', false],
    ['**', 'a/b/c', true],
    ['a', 'a', true],
    ['a', 'b', false],
  ])('%s and %s: %s', (glob, path, expected) => {
    expect(globMatcher(glob)(path)).toBe(expected);
  });

  it('know the text before their first wildcard', () => {
    expect(['a/b*', 'a/b', '?x'].map(literalPrefix)).toEqual(['a/b', 'a/b', '']);
  });

  it('do not explode on many stars', () => {
    expect(globMatcher(`${'*a'.repeat(200)}b`)('a'.repeat(2000))).toBe(false);
  });
});

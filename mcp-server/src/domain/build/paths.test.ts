import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isElsewhere, matchesPattern } from './paths.ts';

/** What a glob means, written as plainly as possible: try every way to use up the path. */
function naive(glob: string, path: string): boolean {
  if (glob === '') return path === '';
  if (glob.startsWith('**/')) {
    const rest = glob.slice(3);
    if (naive(rest, path)) return true;
    return [...path].some((char, at) => char === '/' && naive(rest, path.slice(at + 1)));
  }
  if (glob.startsWith('**')) return starts(path.length, path).some((rest) => naive(glob.slice(2), rest));
  if (glob.startsWith('*')) {
    const folder = path.indexOf('/');
    return starts(folder < 0 ? path.length : folder, path).some((rest) => naive(glob.slice(1), rest));
  }
  if (path === '') return false;
  if (glob.startsWith('?')) return path[0] !== '/' && naive(glob.slice(1), path.slice(1));
  return path[0] === glob[0] && naive(glob.slice(1), path.slice(1));
}

const starts = (upTo: number, path: string) => Array.from({ length: upTo + 1 }, (_, at) => path.slice(at));

describe('path patterns', () => {
  it.each([
    ['site.yml', ['site.yml', 'site.yml/x'], ['a/site.yml', 'site.yml2', 'site_yml', 'site']],
    ['./site.yml', ['site.yml'], ['./site.yml']],
    ['./', ['a', 'b/c'], []],
    ['.', ['a', 'b/c'], []],
    ['roles', ['roles', 'roles/a/b.yml'], ['roles2', 'x/roles', 'role']],
    ['roles/', ['roles/a', 'roles/a/b'], ['roles', 'roles2/a', 'x/roles/a']],
    ['*.py', ['a.py', '.py'], ['a/b.py', 'a.pyc', 'apy']],
    ['src/*.py', ['src/a.py'], ['src/a/b.py', 'a.py', 'xsrc/a.py']],
    ['**/*.py', ['a.py', 'a/b.py', 'a/b/c.py'], ['a.pyc', 'a/py']],
    ['src/**', ['src/a', 'src/a/b'], ['src', 'xsrc/a']],
    ['src/**/t.py', ['src/t.py', 'src/a/t.py', 'src/a/b/t.py'], ['src/xt.py', 't.py', 'src/a/xt.py']],
    ['a?c', ['abc', 'a.c'], ['ac', 'a/c', 'abbc']],
    ['a/*/c', ['a/b/c'], ['a/c', 'a/b/b/c', 'a//c/']],
    ['a(b)[c]{d}+$^|\\*', ['a(b)[c]{d}+$^|\\', 'a(b)[c]{d}+$^|\\x'], ['ab', 'abcd']],
    ['*', ['a', ''], ['a/b']],
    ['a*b*c', ['abc', 'axbxc', 'abbcc'], ['ab', 'acb', 'ab/c']],
  ])('[R-BUILD-4] %s', (pattern, matching, other) => {
    expect(matching.filter((path) => !matchesPattern(pattern, path))).toEqual([]);
    expect(other.filter((path) => matchesPattern(pattern, path))).toEqual([]);
  });

  it('[R-BUILD-4] mean what trying every way says', () => {
    const glob = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '?', '**', '**/', 'a/'), { minLength: 1, maxLength: 7 })
      .map((parts) => parts.join(''));
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'aba'), { minLength: 1, maxLength: 4 })
      .map((folders) => folders.join('/'));
    fc.assert(
      fc.property(glob, path, (pattern, file) => {
        fc.pre(/[*?]/.test(pattern) && !pattern.endsWith('/') && !pattern.includes('***') && !pattern.startsWith('/'));
        expect(matchesPattern(pattern, file)).toBe(naive(pattern, file));
      }),
      { numRuns: 2000 },
    );
  });

  it('[R-BUILD-4] take no more time for many stars', () => {
    const path = 'a'.repeat(250);
    expect(matchesPattern(`${'*a'.repeat(20)}*b`, path)).toBe(false);
    expect(matchesPattern(`${'**/'.repeat(20)}b`, 'a/'.repeat(120))).toBe(false);
  });

  it('may be in another repository', () => {
    for (const pattern of ['https://host/x.git@abc', 'ssh://git@host/x', 'git@host:x.git', 'GIT@host:x', 'git+ssh://x'])
      expect(isElsewhere(pattern)).toBe(true);
    for (const pattern of ['a/b', 'http:/x', 'x git@host', '://x', 'roles/git@x'])
      expect(isElsewhere(pattern)).toBe(false);
  });
});

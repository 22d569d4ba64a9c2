import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Component } from '../artifact/design.ts';
import { ownersOf } from './owned.ts';
import { matchesPattern } from './paths.ts';

const component = (id: string, ...paths: string[]) => ({ id, paths }) as unknown as Component;
const owners = (components: Component[], ...paths: string[]) => [
  ...ownersOf(components, { files: paths.map((path) => ({ path, sha256: '' })), scripts: new Map() }),
];

describe('who owns a file', () => {
  it('is every component whose file, folder or glob holds it, once', () => {
    const all = [
      component('CMP-1', 'a', './b/'),
      component('CMP-2', 'a/b/', 'a/**', 'c/*.tf', 'https://git.example/x.git@v1:a'),
      component('CMP-3', 'a/b/c', './a/b'),
    ];
    expect(owners(all, 'a/b/c', 'a/x', 'ab', 'b', 'b/x', 'c/x.tf', 'c/d/x.tf', 'x/b/x')).toEqual([
      ['a/b/c', ['CMP-1', 'CMP-3', 'CMP-2']],
      ['a/x', ['CMP-1', 'CMP-2']],
      ['ab', []],
      ['b', []],
      ['b/x', ['CMP-1']],
      ['c/x.tf', ['CMP-2']],
      ['c/d/x.tf', []],
      ['x/b/x', []],
    ]);
  });

  it('is as each pattern says by itself', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('/'));
    const pattern = fc
      .tuple(fc.constantFrom('', './'), path, fc.constantFrom('', '/', '/*', '/**', '*', '?'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 5 }), path, (patterns, file) => {
        const all = patterns.map((one, at) => component(`CMP-${at + 1}`, one));
        const expected = all.filter((one) => one.paths.some((each) => matchesPattern(each, file))).map(({ id }) => id);
        expect(owners(all, file).map(([one, ids]) => [one, [...ids].sort()])).toEqual([[file, expected]]);
      }),
    );
  });
});

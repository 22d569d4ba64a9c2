import { describe, expect, it } from 'vitest';
import { objectChanges, readObjects } from './objects.ts';

describe('Kubernetes objects of a stream', () => {
  it('are known by kind, namespace and name', () => {
    const text = [
      'kind: Service\nmetadata: {name: web, namespace: shop}',
      'kind: Namespace\nmetadata: {name: shop}',
      'kind: List',
    ].join('\n--- # the next\n');
    expect([...readObjects(text)!]).toEqual([
      ['Service/shop/web', { kind: 'Service', metadata: { name: 'web', namespace: 'shop' } }],
      ['Namespace/shop', { kind: 'Namespace', metadata: { name: 'shop' } }],
      ['List', { kind: 'List' }],
    ]);
  });

  it.each(['', '---\n\n---\n', '# only a comment', 'null', 'text', '- kind: Pod', 'kind: 7', 'metadata: {name: x}'])(
    'are none in %j',
    (text) => expect([...readObjects(text)!]).toEqual([]),
  );

  it('are separated by lines that begin with three hyphens, not by hyphens in a text', () => {
    const text = 'kind: ConfigMap\nmetadata: {name: a}\ndata:\n  note: |\n    x --- y\n    --- z';
    expect([...readObjects(text)!.keys()]).toEqual(['ConfigMap/a']);
  });

  it.each(['kind: [', 'kind: Pod\n---\nkind: [', `kind: Pod\nx: ${'['.repeat(2000)}${']'.repeat(2000)}`])(
    'cannot be read where one is no YAML or beyond bounds: %.30j',
    (text) => expect(readObjects(text)).toBeUndefined(),
  );
});

describe('what has to happen to objects', () => {
  const paths = (before: object, after: object) =>
    objectChanges(new Map([['o', { ...before }]]), new Map([['o', { ...after }]])).detail;

  it('is nothing where they are the same, whatever the order of keys', () => {
    expect(objectChanges(new Map([['o', { a: 1, b: 2 }]]), new Map([['o', { b: 2, a: 1 }]]))).toEqual({
      items: [],
      detail: [],
    });
  });

  it.each([
    [{ a: 1 }, { a: 2 }, ['a']],
    [{ a: { b: 1, c: 1 } }, { a: { b: 2, c: 1, d: 3 } }, ['a.b', 'a.d']],
    [{ a: { b: 1 } }, {}, ['a']],
    [{ a: { b: 1 } }, { a: null }, ['a']],
    [{ a: null }, { a: { b: 1 } }, ['a']],
    [{ a: [1, 2] }, { a: [2, 1] }, ['a']],
    [{ a: [1] }, { a: { 0: 1 } }, ['a']],
    [{ z: 1, a: 1 }, { z: 2, a: 2 }, ['a', 'z']],
  ])('from %j to %j is named by %j', (before, after, expected) => {
    expect(paths(before, after)).toMatchObject([{ object: 'o', paths: expected }]);
  });

  it('names at most 200 places of an object', () => {
    const wide = (value: number) => Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, value]));
    expect((paths(wide(1), wide(2)) as { paths: string[] }[])[0]!.paths).toHaveLength(200);
  });
});

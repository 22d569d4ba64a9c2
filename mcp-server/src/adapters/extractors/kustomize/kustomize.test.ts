import { describe, expect, it } from 'vitest';
import { remoteBase } from '../remote-source.ts';
import { kustomize } from './kustomize.ts';

const of = (text: string) => kustomize.extract({ path: 'overlays/prod/kustomization.yaml', text });

describe('kustomizations', () => {
  it('include files and folders relative to themselves, and never what leaves the root', () => {
    const made = of(
      'resources: [../../base, a.yaml, ../../../outside]\npatches: [{path: p.yaml}, {patch: "- op: add"}]\n',
    );
    const paths = made.references.flatMap(({ target }) => (target.by === 'path' ? [target.path] : []));
    expect(paths).toEqual(['base', 'overlays/prod/a.yaml', 'overlays/prod/p.yaml']);
  });

  it('keep what the base says of a tag they do not set', () => {
    const image = (entry: string) => of(`images: [${entry}]`).facts.find((fact) => fact.kind === 'image');
    expect(image('{name: a, newName: r.example/b}')).toMatchObject({ name: 'r.example/b' });
    expect(image('{name: a, newName: r.example/b}')?.attributes['pinned']).toBeUndefined();
    expect(image('{name: a, newTag: latest}')?.attributes['pinned']).toBe(false);
  });

  it('leave the kind of Flux that goes by the same name alone', () => {
    expect(of('apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n').facts).toEqual([]);
  });
});

describe('remote sources', () => {
  it.each([
    ['https://github.com/a/b//c?ref=v1.2.0', 'github.com', 'v1.2.0'],
    ['git@github.com:a/b.git', 'github.com', undefined],
    ['github.com/a/b//c', 'github.com', undefined],
    ['oci://r.example/x', 'r.example', undefined],
    ['https://user:pw@h.example/a/v1.3.0/x.yaml', 'h.example', 'v1.3.0'],
  ])('%s', (text, host, ref) => {
    expect(remoteBase(text)).toMatchObject({ host, ...(ref === undefined ? {} : { ref }) });
    expect(remoteBase(text)?.source).not.toContain('pw@');
  });

  it('are not local paths', () => {
    for (const text of ['../base', 'a/b.yaml', 'my.folder/x/y.yaml']) expect(remoteBase(text)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Fact, FactKind } from '../extract/contract.ts';
import { dependencyOfFact } from './of-facts.ts';

const fact = (format: string, kind: FactKind, attributes: Fact['attributes'], name = 'name'): Fact => ({
  id: `${format}/${kind}/./${name}`,
  format,
  kind,
  scope: '.',
  name,
  status: 'observed',
  evidence: [{ path: 'a/file', line: 7, endLine: 9 }],
  attributes,
});
const place = { licence: '', path: 'a/file', line: 7 };

describe('what a fact brings in from elsewhere', () => {
  it('is an image, by its digest before its tag', () => {
    const attributes = { repository: 'library/nginx', registry: 'docker.io', tag: '1.27', pinned: false };
    const image = { ...place, kind: 'image', name: 'library/nginx', source: 'docker.io', pinned: false };
    expect(dependencyOfFact(fact('dockerfile', 'image', attributes))).toEqual({ ...image, version: '1.27' });
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(dependencyOfFact(fact('compose', 'image', { ...attributes, digest, pinned: true }))).toEqual({
      ...image,
      version: digest,
      pinned: true,
    });
  });

  it('is an image by its name, where nobody knows its parts', () => {
    expect(dependencyOfFact(fact('kubernetes', 'image', { repository: 1, pinned: 'yes' }, '${IMAGE}'))).toEqual({
      ...place,
      kind: 'image',
      name: '${IMAGE}',
      version: '',
      pinned: null,
      source: '',
    });
  });

  it('is an action with its version', () => {
    const uses = (text: string) => dependencyOfFact(fact('github-actions', 'step', { uses: text, pinned: true }));
    expect(uses('actions/checkout@v4')).toEqual({
      ...place,
      kind: 'action',
      name: 'actions/checkout',
      version: 'v4',
      pinned: true,
      source: 'GitHub',
    });
    expect(uses('actions/checkout')).toMatchObject({ name: 'actions/checkout', version: '' });
  });

  it.each<[string, FactKind, Fact['attributes'], string]>([
    ['ansible', 'provider', { type: 'collection', version: '1.2' }, 'collection'],
    ['ansible', 'role', { external: true, source: 'https://example.org/r' }, 'role'],
    ['helm', 'module', { kind: 'dependency' }, 'chart'],
    ['terraform', 'provider', { constraint: '~> 5' }, 'provider'],
    ['terraform', 'module', { source: 'terraform-aws-modules/vpc/aws' }, 'module'],
    ['terragrunt', 'module', { source: 'git::https://x/y.git', sourceKind: 'git' }, 'module'],
  ])('is, of %s, a %s with attributes %j: a %s', (format, kind, attributes, expected) => {
    expect(dependencyOfFact(fact(format, kind, attributes))).toMatchObject({ ...place, kind: expected, name: 'name' });
  });

  it('has the version that is written, or the constraint, and its source where that says more than its name', () => {
    const module = (attributes: Fact['attributes']) => dependencyOfFact(fact('terraform', 'module', attributes));
    expect(module({ source: 'git::x', version: '1', constraint: '2' })).toMatchObject({
      version: '1',
      source: 'git::x',
    });
    expect(module({ source: 'git::x', ref: 'v3' })).toMatchObject({ version: 'v3' });
    expect(module({ source: 'name', constraint: '~> 2' })).toMatchObject({ version: '~> 2', source: '', pinned: null });
  });

  it.each<[string, FactKind, Fact['attributes']]>([
    ['github-actions', 'step', { run: 'make' }],
    ['github-actions', 'step', { uses: './.github/actions/own' }],
    ['gitlab', 'step', { uses: 'actions/checkout@v4' }],
    ['github-actions', 'job', { uses: 'actions/checkout@v4' }],
    ['ansible', 'provider', { type: 'other' }],
    ['helm', 'provider', { type: 'collection' }],
    ['ansible', 'task', { type: 'collection' }],
    ['ansible', 'role', { external: false }],
    ['ansible', 'role', { external: true, source: '../roles/x' }],
    ['ansible', 'role', { external: true, source: '/srv/roles/x' }],
    ['helm', 'role', { external: true }],
    ['ansible', 'play', { external: true }],
    ['helm', 'module', { kind: 'chart' }],
    ['helm', 'value', { kind: 'dependency' }],
    ['compose', 'module', { kind: 'dependency' }],
    ['terraform', 'provider', { locked: true }],
    ['terraform', 'module', { source: './modules/vpc' }],
    ['terraform', 'module', { source: '../vpc' }],
    ['terragrunt', 'module', { source: '../vpc', sourceKind: 'local' }],
    ['terragrunt', 'module', { type: 'unit' }],
    ['terraform', 'module', { source: 'file:///srv/vpc' }],
    ['terraform', 'resource', { source: 'x/y' }],
    ['make', 'module', { source: 'x/y' }],
  ])('is nothing for %s %s %j', (format, kind, attributes) => {
    expect(dependencyOfFact(fact(format, kind, attributes))).toBeUndefined();
  });

  it('is nothing without a place where it was seen', () => {
    expect(dependencyOfFact({ ...fact('dockerfile', 'image', {}), evidence: [] })).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import type { Fact } from '../extract/contract.ts';
import { dependenciesOf } from './dependencies.ts';

const role = (name: string, path: string, line = 1): Fact => ({
  id: `${path}:${line}`,
  format: 'ansible',
  kind: 'role',
  scope: '.',
  name,
  status: 'observed',
  evidence: [{ path, line, endLine: line }],
  attributes: { external: true },
});
const collection = (name: string): Fact => ({
  ...role(name, 'requirements.yml'),
  kind: 'provider',
  attributes: { type: 'collection' },
});

function found(texts: Record<string, string>, more: Partial<Parameters<typeof dependenciesOf>[0]> = {}) {
  return dependenciesOf({
    facts: [],
    texts: new Map(Object.entries(texts)),
    formats: new Map(),
    components: [],
    design: '',
    ...more,
  });
}
const named = (list: ReturnType<typeof found>) => list.map((one) => `${one.kind} ${one.name} ${one.path}:${one.line}`);

describe('what delivered files bring in', () => {
  it('stands in files by their name, in any folder', () => {
    const manifest = '{"dependencies":{"zod":"4.0.0"}}';
    const names = ['requirements.txt', 'dev-requirements.txt', 'requirements-dev.txt', 'requirements_x.txt'];
    const others = ['myrequirements.txt', 'requirements.in', 'requirements.txt.bak', 'requirementsx.txt'];
    const texts = Object.fromEntries([...names, ...others].map((name) => [`a/${name}`, 'flask==1\n']));
    const all = { ...texts, 'package.json': manifest, 'b/package.json.x': manifest, Dockerfile: 'RUN pip install x\n' };
    expect(named(found(all))).toEqual([
      'package flask a/dev-requirements.txt:1',
      'package flask a/requirements-dev.txt:1',
      'package flask a/requirements.txt:1',
      'package flask a/requirements_x.txt:1',
      'package zod package.json:1',
    ]);
  });

  it('stands in commands of files that are read as such', () => {
    const formats = new Map([
      ['Dockerfile', new Set(['dockerfile'])],
      ['run', new Set(['shell'])],
      ['notes', new Set(['make'])],
    ]);
    const texts = Object.fromEntries([...formats.keys()].map((path) => [path, 'RUN pip install flask\n']));
    expect(named(found(texts, { formats }))).toEqual(['package flask Dockerfile:1', 'package flask run:1']);
  });

  it('has its version from the lock file in the same folder', () => {
    const manifest = '{"dependencies":{"zod":"^4.0.0"}}';
    const lock = '{"packages":{"node_modules/zod":{"version":"4.1.2","license":"MIT"}}}';
    const all = found({ 'a/package.json': manifest, 'a/package-lock.json': lock, 'b/package.json': manifest });
    expect(all.map((one) => [one.path, one.version, one.licence])).toEqual([
      ['a/package.json', '4.1.2', 'MIT'],
      ['b/package.json', '^4.0.0', ''],
    ]);
  });

  it('is named once for each place, in the order of kind, name, file and line', () => {
    const facts = [role('b', 'x.yml', 10), role('b', 'x.yml', 9), role('a', 'x.yml', 100), role('b', 'w.yml')];
    expect(named(found({}, { facts: [...facts, facts[0]!] }))).toEqual([
      'role a x.yml:100',
      'role b w.yml:1',
      'role b x.yml:10',
    ]);
  });

  it('has the component that owns its file, and whether the design names it', () => {
    const { components } = readDesign('## Components\n\n### CMP-2: A\n\n- Action: build\n- Paths: ops/\n');
    const texts = { 'ops/requirements.txt': 'flask==1\n', 'requirements.txt': 'jinja2==1\n' };
    expect(
      found(texts, { components, design: 'It uses Flask.' }).map((one) => [one.name, one.component, one.designed]),
    ).toEqual([
      ['flask', 'CMP-2', true],
      ['jinja2', '', false],
    ]);
  });
});

describe('the licence of what lies among the files', () => {
  const licence = (fact: Fact, texts: Record<string, string>) => found(texts, { facts: [fact] })[0]!.licence;

  it.each([
    ['galaxy_info:\n  license: Apache-2.0\n', 'Apache-2.0'],
    ['galaxy_info:\n  license: "MIT License" # ours\n', 'MIT License'],
    ['galaxy_info:\n  licence: [GPL-3.0, MIT]\n', 'GPL-3.0'],
    ['galaxy_info: {}\n', ''],
  ])('of a role is in its meta/main.yml: %j', (text, expected) => {
    expect(licence(role('acme.web', 'r.yml'), { 'roles/acme.web/meta/main.yml': text })).toBe(expected);
    expect(licence(role('acme.web', 'r.yml'), { 'ops/roles/acme.web/meta/main.yml': text })).toBe(expected);
  });

  it('of a collection is in its manifest', () => {
    const fact = collection('acme.tools');
    const text = '{"collection_info":{"license":["BSD-2-Clause"]}}';
    expect(licence(fact, { 'ansible_collections/acme/tools/MANIFEST.json': text })).toBe('BSD-2-Clause');
    expect(licence(fact, { 'x/ansible_collections/acme/tools/galaxy.yml': "license: 'MIT'\n" })).toBe('MIT');
  });

  it('is not taken from a file of another, or of another kind', () => {
    const text = 'license: MIT\n';
    expect(
      licence(role('web', 'r.yml'), { 'roles/myweb/meta/main.yml': text, 'myroles/web/meta/main.yml': text }),
    ).toBe('');
    expect(licence(collection('acme.tools'), { 'roles/acme.tools/meta/main.yml': text })).toBe('');
    const image: Fact = { ...role('web', 'r.yml'), format: 'dockerfile', kind: 'image', attributes: {} };
    expect(licence(image, { 'roles/web/meta/main.yml': text })).toBe('');
  });
});

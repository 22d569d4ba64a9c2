// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is read
import { describe, expect, it } from 'vitest';
import { terragrunt } from './extractor.ts';
import { settleTerragrunt } from './settle.ts';

/** The settled extractions of files that are given by their paths and texts. */
function settled(texts: { readonly [path: string]: string }) {
  const files = Object.entries(texts).map(([path, text]) => ({
    path,
    format: 'terragrunt',
    extraction: terragrunt.extract({ path, text }),
  }));
  return new Map(settleTerragrunt(files).map(({ path, extraction }) => [path, extraction]));
}

const root = 'remote_state {\n  backend = "s3"\n}\n';
const include = 'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n';

describe('what only the whole tree tells', () => {
  it('is which of the files above a unit it includes: the nearest', () => {
    const found = settled({
      'root.hcl': root,
      'a/root.hcl': root,
      'a/b/c/terragrunt.hcl': include,
      'd/terragrunt.hcl': include,
    });
    const included = (path: string) =>
      found.get(path)?.references.flatMap(({ kind, target }) => (kind === 'includes' ? [target] : []));
    const head = (name: string) => ({ by: 'name', format: 'terragrunt', kinds: ['value'], name, scope: name });
    expect(included('a/b/c/terragrunt.hcl')).toEqual([head('a/root.hcl')]);
    expect(included('d/terragrunt.hcl')).toEqual([head('root.hcl')]);
  });

  it('is the source that a unit takes from what it includes', () => {
    const found = settled({
      'common.hcl': 'terraform {\n  source = "git::https://git.example.org/a/b.git?ref=v1"\n}\n',
      'a/terragrunt.hcl': 'include "common" {\n  path = find_in_parent_folders("common.hcl")\n}\n',
    });
    expect(found.get('a/terragrunt.hcl')?.references).toContainEqual(
      expect.objectContaining({ kind: 'calls', target: expect.objectContaining({ name: 'b', scope: 'common.hcl' }) }),
    );
  });

  it('is the folder that a local of an included file names', () => {
    const found = settled({
      'common.hcl': 'locals {\n  modules = "../../modules"\n}\n',
      'live/app/terragrunt.hcl':
        'include "common" {\n  path = find_in_parent_folders("common.hcl")\n  expose = true\n}\n' +
        'terraform {\n  source = "${include.common.locals.modules}//app"\n}\n',
    });
    const { facts, references } = found.get('live/app/terragrunt.hcl') ?? { facts: [], references: [] };
    expect(facts.find(({ name }) => name === 'app')).toMatchObject({
      status: 'observed',
      attributes: { sourceKind: 'local' },
    });
    expect(references.map(({ target }) => (target.by === 'path' ? target.path : undefined))).toContain('modules/app');
  });

  it('is what a shared dependency or source means, seen from the unit that includes it', () => {
    const found = settled({
      'common/app.hcl':
        'terraform {\n  source = "../../modules//app"\n}\n' +
        'dependency "net" {\n  config_path = "../net"\n}\n' +
        'dependencies {\n  paths = ["${get_terragrunt_dir()}/../dns"]\n}\n',
      'live/app/terragrunt.hcl': 'include "app" {\n  path = "${get_repo_root()}/common/app.hcl"\n}\n',
    });
    const references = found.get('live/app/terragrunt.hcl')?.references ?? [];
    const before = references.flatMap(({ kind, target }) =>
      kind === 'depends-on' && target.by === 'name' ? [target.name] : [],
    );
    expect(before.sort()).toEqual(['live/dns', 'live/net']);
    expect(references).toContainEqual(
      expect.objectContaining({ kind: 'calls', target: expect.objectContaining({ by: 'path', path: 'modules/app' }) }),
    );
  });

  it('is whether the unit of a dependency is there', () => {
    const dependency = (path: string) => `dependency "d" {\n  config_path = "${path}"\n}\n`;
    const found = settled({
      'a/terragrunt.hcl': dependency('../b'),
      'b/terragrunt.hcl': dependency('../gone'),
      'c/terragrunt.hcl': dependency('${local.where}'),
    });
    const missing = (path: string) =>
      found
        .get(path)
        ?.facts.map(({ attributes }) => attributes['refersTo'])
        .filter(Boolean);
    expect(missing('a/terragrunt.hcl')).toEqual([]);
    expect(missing('b/terragrunt.hcl')).toEqual([[{ kind: 'module', name: 'gone', what: 'unit' }]]);
    expect(missing('c/terragrunt.hcl')).toEqual([]);
    expect(
      settled({ 'a/terragrunt.hcl': dependency('../linked/b') }).get('a/terragrunt.hcl')?.facts[1]?.attributes,
    ).toEqual(expect.not.objectContaining({ refersTo: expect.anything() }));
  });

  it('leaves other formats alone', () => {
    const other = { format: 'terraform', extraction: terragrunt.extract({ path: 'a/terragrunt.hcl', text: include }) };
    expect(settleTerragrunt([other])).toEqual([other]);
    expect(settleTerragrunt([])).toEqual([]);
  });
});

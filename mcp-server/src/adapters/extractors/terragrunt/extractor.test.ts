// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is read
import { describe, expect, it } from 'vitest';
import { terragrunt } from './extractor.ts';
import { isTerragrunt } from './is-configuration.ts';
import { evaluate, pathIn } from './paths.ts';

describe('a path', () => {
  const place = {
    folder: 'a/b',
    isOwn: true,
    locals: new Map([
      ['here', '"x${1}"'],
      ['up', 'get_parent_terragrunt_dir()'],
    ]),
  };
  it.each([
    ['"../c"', [['a/c']]],
    ['"${get_terragrunt_dir()}/../c"', [['a/c']]],
    ['find_in_parent_folders("r.hcl", "none")', [['a/r.hcl', 'r.hcl']]],
    ['"${dirname(find_in_parent_folders("r.hcl"))}/d"', [['a/d', 'd']]],
    ['"${get_path_to_repo_root()}//m/n"', [['m/n']]],
    ['"${local.up}/c"', [['a/c', 'c']]],
    ['"../${local.here}"', [[]]],
    ['var.x ? "../c" : "../d"', [['a/c'], ['a/d']]],
    ['"${(get_env("E", "a?b:c") == "p") ? "../c" : "../d"}"', [['a/c'], ['a/d']]],
    ['"../${basename(get_terragrunt_dir())}-x"', [['a/b-x']]],
    ['"../../../out"', [[]]],
    ['values.path', [[]]],
  ])('%s', (raw, expected) => {
    expect(evaluate(raw, place).map((branch) => branch.flatMap((one) => pathIn(one, place) ?? []))).toEqual(expected);
  });

  it('that a shared configuration gives relatively is seen from who includes it, and not known', () => {
    const shared = { ...place, isOwn: false };
    expect(pathIn('../c', shared)).toBeUndefined();
    expect(pathIn('../c', shared, true)).toBe('a/c');
    expect(evaluate('find_in_parent_folders("r.hcl")', shared)).toEqual([['*']]);
    expect(evaluate('"${get_parent_terragrunt_dir()}/c"', shared)).toEqual([['/a/b/c']]);
  });

  it('takes time in proportion to its text', () => {
    for (const raw of [
      `"${'${'.repeat(50_000)}"`,
      `"${'${local.up}'.repeat(20_000)}"`,
      '('.repeat(50_000),
      'a?'.repeat(50_000),
    ])
      expect(evaluate(raw, place).length).toBeGreaterThan(0);
    const circle = new Map([
      ['a', `"${'${local.b}'.repeat(1000)}"`],
      ['b', `"${'${local.a}'.repeat(1000)}"`],
    ]);
    expect(evaluate('local.a', { ...place, locals: circle }).length).toBeGreaterThan(0);
  });
});

describe('which files are Terragrunt’s', () => {
  it.each([
    ['a/terragrunt.hcl', '', true],
    ['root.hcl', '', true],
    ['a/env.hcl', '# remark\nlocals {\n  a = 1\n}\n', true],
    ['_common/x.hcl', 'terraform {\n  source = "x"\n}\n', true],
    ['x.hcl', 'locals {\n  a = find_in_parent_folders("x")\n}\n', true],
    ['common.hcl', '# remark\ninputs = {\n  a = 1\n}\n', true],
    ['errors.hcl', 'errors {\n}\n', true],
    ['x.pkr.hcl', 'locals {\n}\n', false],
    ['build.hcl', 'source "a" "b" {\n}\nlocals {\n}\n', false],
    ['nomad.hcl', 'job "a" {\n}\n', false],
    ['.terraform.lock.hcl', 'provider "a" {\n}\n', false],
    ['tests/a.tftest.hcl', 'run "a" {\n}\n', false],
    ['vault.hcl', 'storage "raft" {\n}\n', false],
    ['main.tf', 'locals {\n}\n', false],
  ])('%s', (path, head, expected) => {
    expect(isTerragrunt(path, head)).toBe(expected);
  });
});

describe('broken text', () => {
  it('costs its lines and nothing else', () => {
    const { facts, skipped } = terragrunt.extract({
      path: 'a/terragrunt.hcl',
      text: 'terraform {\n  source = "../m"\n',
    });
    expect(facts[0]).toMatchObject({ kind: 'module', name: 'a' });
    expect(skipped).toEqual([{ path: 'a/terragrunt.hcl', reason: 'unparsed', line: 1 }]);
  });
});

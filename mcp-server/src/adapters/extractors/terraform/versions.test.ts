// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is tested
import { describe, expect, it } from 'vitest';
import { isBounded, isPinnedModule, moduleSource } from './versions.ts';

describe('version constraints', () => {
  it.each([
    ['1.2.3', true],
    ['= 1.2.3', true],
    ['~> 5.0', true],
    ['>= 1.0, < 2.0', true],
    ['<= 4', true],
    ['>= 5.0', false],
    ['> 1', false],
    ['!= 1.2', false],
    ['', false],
  ])('%s has an upper bound: %s', (constraint, expected) => {
    expect(isBounded(constraint)).toBe(expected);
  });
});

describe('module sources', () => {
  it.each([
    ['./a', undefined, 'local', './a', undefined],
    ['../..', undefined, 'local', '../..', undefined],
    ['terraform-aws-modules/vpc/aws', '5.0', 'registry', 'terraform-aws-modules/vpc/aws', true],
    ['terraform-aws-modules/iam/aws//modules/role', undefined, 'registry', 'terraform-aws-modules/iam/aws', false],
    ['app.terraform.io/acme/net/azurerm', '>= 1', 'registry', 'app.terraform.io/acme/net/azurerm', false],
    ['git::https://git.example.org/a/b.git//sub?ref=v1.2.0', undefined, 'git', 'git.example.org/a/b', true],
    ['git::ssh://git@git.example.org/a/b.git?ref=main', undefined, 'git', 'git.example.org/a/b', false],
    ['git::https://user:pw@git.example.org/a/b.git', undefined, 'git', 'git.example.org/a/b', false],
    ['git@github.com:acme/net.git?ref=1f2e3d', undefined, 'git', 'github.com/acme/net', true],
    ['github.com/acme/net', undefined, 'git', 'github.com/acme/net', false],
    ['https://example.org/net-1.2.zip', undefined, 'archive', 'example.org/net-1.2.zip', true],
    ['s3::https://s3.amazonaws.com/bucket/net.zip', undefined, 'archive', 's3.amazonaws.com/bucket/net.zip', false],
    ['hg::https://example.org/net?rev=1.2', undefined, 'archive', 'example.org/net', true],
    ['oci://registry.example.org/net?tag=latest', undefined, 'archive', 'registry.example.org/net', false],
    ['git::https://git.example.org/a/b.git?ref=${var.ref}', undefined, 'git', 'git.example.org/a/b', undefined],
    [
      'git::https://${var.host}/a/b.git?ref=v1',
      undefined,
      'dynamic',
      'git::https://${var.host}/a/b.git?ref=v1',
      undefined,
    ],
    ['./modules/${var.x}', undefined, 'dynamic', './modules/${var.x}', undefined],
  ])('%s', (source, version, kind, system, pinned) => {
    const read = moduleSource(source);
    expect([read.kind, read.system, isPinnedModule(read, version)]).toEqual([kind, system, pinned]);
  });
});

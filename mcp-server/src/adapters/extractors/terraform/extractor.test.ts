// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is read
import { describe, expect, it } from 'vitest';
import { terraform } from './extractor.ts';

const extract = (text: string, path = 'net/main.tf') => terraform.extract({ path, text });
const factsOf = (text: string, kind: string, path?: string) =>
  extract(text, path)
    .facts.filter((fact) => fact.kind === kind)
    .map(({ name, scope, attributes }) => ({ name, scope, ...attributes }));
const targets = (text: string, path?: string) =>
  extract(text, path).references.map(({ kind, target }) => ({ kind, ...target }));

describe('Terraform and OpenTofu', () => {
  it('takes a test file for a check of the module it tests, with the inputs that a run sets', () => {
    const text =
      'run "small" {\n  command = plan\n  variables {\n    size = 1\n  }\n  assert {\n    condition = var.size > 0\n    error_message = "No."\n  }\n}\n';
    expect(factsOf(text, 'check', 'net/tests/size.tftest.hcl')).toEqual([
      { name: 'small', scope: 'net', command: 'plan', asserts: [{ condition: 'var.size > 0', message: 'No.' }] },
    ]);
    expect(factsOf(text, 'check', 'net/size.tofutest.hcl')[0]?.scope).toBe('net');
    expect(targets(text, 'tests/size.tftest.hcl')).toContainEqual(
      expect.objectContaining({ kind: 'writes', kinds: ['input'], name: 'size', scope: '.' }),
    );
  });

  it('follows a run to the module that it calls, and its inputs there', () => {
    const text = 'run "setup" {\n  module {\n    source = "./tests/setup"\n  }\n  variables {\n    size = 1\n  }\n}\n';
    const found = targets(text, 'net/size.tftest.hcl');
    expect(found).toContainEqual(expect.objectContaining({ kind: 'calls', path: 'net/tests/setup' }));
    expect(found).toContainEqual(expect.objectContaining({ kind: 'writes', name: 'size', scope: 'net/tests/setup' }));
  });

  it('reads the test runs and checks of the JSON syntax', () => {
    const check = '{"check": {"up": {"data": {"http": {"x": {"url": "u"}}}, "assert": {"condition": "true"}}}}';
    expect(factsOf(check, 'data', 'net/main.tf.json')).toMatchObject([{ name: 'http.x' }]);
    const run = '{"run": {"small": {"variables": {"size": 1}}}}';
    expect(targets(run, 'net/a.tftest.json')).toMatchObject([{ kind: 'writes', name: 'size', scope: 'net' }]);
  });

  it('does not take a source that is an expression for a registry’s', () => {
    const text =
      'module "a" {\n  source = local.source\n}\nmodule "b" {\n  source = "acme/net/aws"\n  version = var.v\n}\n';
    const { facts, couplings } = extract(text);
    expect(facts.map(({ status, attributes }) => [status, attributes['sourceKind'], attributes['pinned']])).toEqual([
      ['unresolved', 'dynamic', undefined],
      ['observed', 'registry', undefined],
    ]);
    expect(couplings.map(({ system }) => system)).toEqual(['acme/net/aws']);
  });

  it('keeps comments out of what is written', () => {
    const text = 'variable "a" /* first */ {\n  default = /* why */ 1 /* so */ /* it is */ # really\n}\n';
    expect(factsOf(text, 'input')).toMatchObject([{ name: 'a', default: '1' }]);
  });

  it('ties resources and modules to the provider configuration that they ask for', () => {
    const text =
      'resource "aws_vpc" "a" {\n  provider = aws.west\n}\nmodule "b" {\n  source = "./b"\n  providers = { aws = aws.west, aws.peer = aws }\n}\n';
    const named = targets(text).filter((target) => 'kinds' in target && target.kinds?.includes('provider'));
    expect(named.map((target) => [target.kind, 'name' in target && target.name])).toEqual([
      ['depends-on', 'aws.west'],
      ['depends-on', 'aws.west'],
    ]);
  });

  it('says from which backend another state is read', () => {
    const { facts, couplings } = extract('data "terraform_remote_state" "net" {\n  backend = "gcs"\n}\n');
    expect(facts[0]?.attributes['state']).toBe('gcs');
    expect(couplings).toContainEqual(
      expect.objectContaining({ system: 'gcs', class: 'backend', consumers: [facts[0]?.id] }),
    );
  });

  it('reads what OpenTofu adds: enabled, keys of the state, ephemeral resources', () => {
    const text =
      'terraform {\n  encryption {\n    key_provider "aws_kms" "a" {\n      region = "x"\n    }\n  }\n}\n' +
      'resource "a_b" "c" {\n  lifecycle {\n    enabled = var.on\n  }\n}\n' +
      'output "d" {\n  value = ephemeral.a_b.c.id\n}\n';
    expect(factsOf(text, 'decision', 'a.tofu')).toMatchObject([{ name: 'a_b.c', by: 'enabled', expression: 'var.on' }]);
    expect(factsOf(text, 'system', 'a.tofu')).toMatchObject([{ name: 'aws_kms', role: 'keys of state and plan' }]);
    expect(targets(text, 'a.tofu')).toContainEqual(
      expect.objectContaining({ kind: 'reads', kinds: ['data'], name: 'a_b.c' }),
    );
  });
});

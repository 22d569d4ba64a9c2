import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceTree } from '../adapters/extract/walk.ts';
import { extractors } from '../adapters/extractors/catalogue.ts';
import { extract } from './extract.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-extract-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const ports = { tree: sourceTree, extractors };

describe('extracting a folder', () => {
  it('says nothing of a folder without automation', async () => {
    put('README.md', '# password: hunter2');
    expect(await extract(ports, root)).toEqual({
      schema: 'countersign/extract@1',
      root: '.',
      sources: [],
      facts: [],
      relations: [],
      couplings: [],
      gaps: [],
      skipped: [],
    });
  });

  it('tells its progress and keeps to the largest size', async () => {
    put('a.tf', 'variable "a" {}');
    put('b.tf', `# ${'x'.repeat(100)}\nvariable "b" {}`);
    const seen: string[] = [];
    const report = await extract(ports, root, {
      maxFileSize: 100,
      onProgress: ({ files, path }) => seen.push(`${files} ${path}`),
    });
    expect(seen).toEqual(['1 a.tf']);
    expect(report.skipped).toEqual([{ path: 'b.tf', reason: 'too-large' }]);
  });

  it('takes for an input only what no other file declares', async () => {
    put('site.yml', '- hosts: all\n  vars_files: [vars.yml]\n  tasks:\n    - debug: msg="{{ known }} {{ unknown }}"\n');
    put('vars.yml', 'known: 1\n');
    put('chart/Chart.yaml', 'apiVersion: v2\nname: c\nversion: 1.0.0\n');
    put('chart/values.yaml', 'known: 1\n');
    put('chart/templates/a.yaml', 'kind: ConfigMap\nx: {{ .Values.known }}\ny: {{ .Values.unknown }}\n');
    const { facts } = await extract(ports, root);
    const inputs = facts.filter(({ kind }) => kind === 'input').map(({ id }) => id);
    expect(inputs).toEqual(['helm/input/chart/unknown', 'helm/input/chart/known', 'ansible/input/./unknown']);
  });

  it('follows a call of a module through a symbolic link to where it is', async () => {
    put('modules/real/main.tf', 'variable "x" {}\nresource "null_resource" "r" {}\n');
    symlinkSync('real', join(root, 'modules/alias'));
    put('main.tf', 'module "m" {\n  source = "./modules/alias"\n  x      = 1\n}\n');
    const { relations } = await extract(ports, root);
    expect(relations).toEqual([
      { from: 'terraform/module/./m', to: 'terraform/resource/modules/real/null_resource.r', kind: 'calls' },
      { from: 'terraform/module/./m', to: 'terraform/input/modules/real/x', kind: 'writes' },
    ]);
  });

  it('lists what a dynamic module source may mean', async () => {
    put('modules/a/main.tf', 'variable "x" {}');
    put('modules/b/main.tf', 'variable "x" {}');
    put('main.tf', `module "m" {\n  source = "./modules/\${var.which}"\n}\n`);
    const { facts } = await extract(ports, root);
    expect(facts[0]).toMatchObject({
      status: 'unresolved',
      attributes: { candidates: ['modules/a/main.tf', 'modules/b/main.tf'] },
    });
  });

  it('reads an export of several megabytes, and leaves any other file of that size', async () => {
    const task = { name: 'delay', canvasName: 'delay', summary: 'Wait', variables: { incoming: {} } };
    const flow = { workflow_start: { a: { state: 'success' } }, a: { workflow_end: { state: 'success' } } };
    put(
      'big.json',
      JSON.stringify({ name: 'Big', tasks: { a: task }, transitions: flow, picture: 'QUJD'.repeat(800_000) }),
    );
    put('big.tf', `# ${'x'.repeat(3_000_000)}\n`);
    const { facts, skipped } = await extract(ports, root);
    expect(facts.map((fact) => fact.name)).toContain('Wait');
    expect(skipped).toEqual([{ path: 'big.tf', reason: 'too-large' }]);
    const limited = await extract(ports, root, { maxFileSize: 1000 });
    expect(limited.skipped.map((one) => one.path)).toEqual(['big.json', 'big.tf']);
  });

  it('leaves to a format what is its own, though it speaks of tools and sessions', async () => {
    const annotations = { session: 'a', tool: 'kubectl', step: '1' };
    put(
      'pod.json',
      JSON.stringify({
        session: 'a',
        tool: 'x',
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'c', annotations },
      }),
    );
    const { sources } = await extract(ports, root);
    expect(sources).toEqual([{ format: 'kubernetes', files: 1 }]);
  });

  it('survives hostile files, each costing its own facts alone', async () => {
    put('ok.tf', 'variable "ok" {}');
    put('deep.tf', `a = ${'['.repeat(100_000)}`);
    put('deep.tf.json', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    put('compose.yml', `services: ${'{a: '.repeat(20_000)}`);
    put('bad.tf', Buffer.from([0x76, 0xff, 0xfe, 0x0a]));
    put('empty.tf', '');
    put('proto.tf', 'variable "__proto__" {}\nvariable "constructor" {}\n__proto__ {}\nconstructor "a" {}\n');
    put('name\nwith line end.tf', 'variable "odd" {}');
    const report = await extract(ports, root);
    expect(report.facts.map((fact) => fact.name)).toEqual(
      expect.arrayContaining(['ok', 'odd', '__proto__', 'constructor']),
    );
    expect(new Set(report.skipped.map((entry) => entry.path))).toEqual(
      new Set(['bad.tf', 'compose.yml', 'deep.tf', 'deep.tf.json']),
    );
  });

  it('leaves a secret out of every corner of the report', async () => {
    put(
      'main.tf',
      'module "m" {\n  source = "git::https://user:s3cr3tpw9@git.example.org/a.git"\n}\nlocals {\n  db_password = "qu1etW0rd"\n  url = "postgres://app:qu1etW0rd@db/x"\n}\noutput "o" {\n  value       = "qu1etW0rd"\n  description = "The password is qu1etW0rd."\n}\n',
    );
    const text = JSON.stringify(await extract(ports, root));
    expect(text).not.toContain('qu1etW0rd');
    expect(text).not.toContain('s3cr3tpw9');
    expect(text).toContain('secret-in-clear');
  });
});

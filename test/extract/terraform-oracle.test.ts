// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is tested
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../mcp-server/src/adapters/extractors/terraform/block.ts';
import { scanHcl } from '../../mcp-server/src/adapters/extractors/terraform/scan.ts';
import { fixtures } from './fixtures.ts';

/**
 * A body's shape: attribute names, and blocks by type and labels. HashiCorp's parser (compiled to WebAssembly) is the
 * oracle for it; it gives no lines and no raw text.
 */
type Shape = { [name: string]: 'attribute' | Shape[] };

function shapeOf(block: Block): Shape {
  const shape: Shape = {};
  for (const attribute of block.attributes) shape[attribute.name] = 'attribute';
  for (const inner of block.blocks) {
    const key = [inner.type, ...inner.labels].join(' ');
    const list = shape[key] ?? [];
    if (list !== 'attribute') shape[key] = [...list, shapeOf(inner)];
  }
  return shape;
}

/** The oracle's JSON in the same shape, guided by ours: objects in JSON may be blocks or values. */
function agrees(block: Block, json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const object = json as { [key: string]: unknown };
  const names = new Set([...block.attributes.map((item) => item.name), ...block.blocks.map((item) => item.type)]);
  if (JSON.stringify([...names].sort()) !== JSON.stringify(Object.keys(object).sort())) return false;
  const groups = new Map<string, Block[]>();
  for (const inner of block.blocks) {
    const key = [inner.type, ...inner.labels].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), inner]);
  }
  return [...groups.values()].every((group) => {
    const [first] = group;
    if (first === undefined) return false;
    const found = first.labels.reduce<unknown>(
      (at, label) => (at as { [key: string]: unknown })?.[label],
      object[first.type],
    );
    return (
      Array.isArray(found) && found.length === group.length && group.every((inner, at) => agrees(inner, found[at]))
    );
  });
}

const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:tf|tfvars|hcl)$/.test(path) && !path.includes('broken'))
  .sort();

const odd = {
  'nested templates': 'a = "x${"y${"z"}"}" # }\nb = 1\n',
  'template directives': 'a = "%{ if true ~}yes%{ else }no%{ endif }"\nb {}\n',
  'escaped templates': 'a = "$${not} %%{not}"\nb = 2\n',
  heredocs: 'a = <<A\n}\n"\n${"{"}\nA\nb = <<-B\n  x\n  B\nc {\n}\n',
  'a heredoc as an argument': 'a = f(<<A\n)\nA\n, 2)\nb = 1\n',
  comments: '/* a = 1 */ b = 2 // c = 3\n# d = 4\ne = [ # ]\n  1, /* ] */ 2\n]\n',
  'one-line blocks': 'a "b" c { d = 1 }\ne {}\n',
  'quotes in labels and text': 'a "b-c.d" { e = "\\"}" }\n',
  'operators over lines': 'a = (\n  1 +\n  2\n)\nb = x ? y : z\nc = a == b\n',
  'for expressions': 'a = { for k, v in x : k => v... if v != "}" }\nb = [for x in y : x]\n',
  CRLF: 'a {\r\n  b = <<E\r\nx\r\nE\r\n  c = 1\r\n}\r\n',
  'a byte order mark': '\ufeffa = 1\nb {}\n',
  'names beyond ASCII': 'größe = 1\n',
  'no line end at the end': 'a = 1',
  'blocks of one type, many labels': 'a "x" { b = 1 }\na "y" { c = 1 }\na "x" { d = 1 }\n',
};

describe('the block scanner agrees with HashiCorp’s parser', () => {
  it.each(files)('on %s', async (path) => {
    const text = readFileSync(join(fixtures, path), 'utf8');
    const { body, problems } = scanHcl(text);
    const json: unknown = await parse('x.tf', text);
    expect(problems).toEqual([]);
    expect(agrees(body, json), JSON.stringify([shapeOf(body), json])).toBe(true);
  });

  it.each(Object.entries(odd))('on %s', async (_what, text) => {
    const { body, problems } = scanHcl(text);
    const json: unknown = await parse('x.tf', text.replace(/^\ufeff/, ''));
    expect(problems).toEqual([]);
    expect(agrees(body, json), JSON.stringify([shapeOf(body), json])).toBe(true);
  });

  it('both refuse what is broken', async () => {
    for (const text of ['a {', 'a = [1', 'a = "x', 'a = <<E\nx\n', '}', 'a b', '= 1']) {
      await expect(parse('x.tf', text)).rejects.toThrow();
      expect(scanHcl(text).problems.length, text).toBeGreaterThan(0);
    }
  });
});

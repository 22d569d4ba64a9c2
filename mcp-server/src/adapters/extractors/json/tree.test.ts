import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';
import { parseJson } from './tree.ts';

function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}

const document = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('"__proto__"'));

describe('parseJson', () => {
  it('reads what JSON.parse reads, pretty or on one line', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const { root, badLine } = parseJson(text);
        expect(badLine).toBeUndefined();
        expect(plain(root)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses, and says a line of the text', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.constantFrom('', ',', '}', ']', '"', 'x', ':'), (value, at, noise) => {
        const whole = JSON.stringify(value, undefined, 1);
        const cut = at % (whole.length + 1);
        const text = whole.slice(0, cut) + noise + whole.slice(cut + 1);
        const { badLine } = parseJson(text);
        expect(badLine === undefined).toBe(parses(text));
        if (badLine !== undefined) expect(badLine).toBeLessThanOrEqual(text.split('\n').length);
      }),
    );
  });

  it('keeps what stands before the place where a file was cut off', () => {
    const { root, badLine } = parseJson('{\n "a": [1,\n  {"b": "x"},\n  {"c": "y');
    expect(badLine).toBe(4);
    expect(textOf(childOf(itemsOf(childOf(root, 'a'))[1], 'b'))).toBe('x');
    expect(childOf(root, 'a')).toMatchObject({ line: 2, endLine: 4 });
  });

  it('says the lines of keys and values', () => {
    const { root } = parseJson('\ufeff{\r\n  "a":\r\n    {\r\n      "b": 1\r\n    }\r\n}\r\n');
    expect(root).toMatchObject({ line: 1, endLine: 6 });
    expect(root?.kind === 'map' && root.entries[0]).toMatchObject({ keyLine: 2, value: { line: 3, endLine: 5 } });
  });

  it('reads nesting of any depth', () => {
    expect(parseJson('['.repeat(200_000) + ']'.repeat(200_000)).badLine).toBeUndefined();
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

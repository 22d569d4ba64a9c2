// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is tested
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanHcl } from './scan.ts';

describe('scanning HCL', () => {
  it('gives every block and attribute its lines', () => {
    const { body } = scanHcl('\n# c\na "b" {\n  c = [\n    1,\n  ]\n\n  d { e = 1 }\n}\nf = <<E\nx\nE\n');
    const [a] = body.blocks;
    expect([a?.line, a?.endLine]).toEqual([3, 9]);
    expect(a?.attributes).toEqual([{ name: 'c', raw: '[\n    1,\n  ]', line: 4, endLine: 6 }]);
    expect([a?.blocks[0]?.line, a?.blocks[0]?.endLine]).toEqual([8, 8]);
    expect(body.attributes).toEqual([{ name: 'f', raw: '<<E\nx\nE', line: 10, endLine: 12 }]);
  });

  it('loses one block where something is never closed, and says its line', () => {
    const text =
      'variable "a" {\n  x = 1\n\nvariable "b" {\n  y = [1\n}\n\nvariable "c" {\n  z = "open\n}\nlocals {\n d = 1\n}\n';
    const { body, problems } = scanHcl(text);
    expect(body.blocks.map((block) => block.labels[0] ?? block.type)).toEqual(['a', 'b', 'c', 'locals']);
    expect(problems).toEqual([1, 5, 4, 9]);
  });

  it('keeps what came before a heredoc that never ends', () => {
    const { body, problems } = scanHcl('a { b = 1 }\nc = <<E\nx\n');
    expect(body.blocks).toHaveLength(1);
    expect(problems).toEqual([2]);
  });

  it('holds ten thousand open blocks and brackets', () => {
    expect(scanHcl('a {\n'.repeat(10_000)).problems).toContain(1);
    expect(scanHcl(`a = ${'['.repeat(10_000)}`).problems).toEqual([1]);
    expect(scanHcl(`a = ${'"${'.repeat(10_000)}`).problems).toEqual([1]);
  });

  it('never throws and never says a line that is not there', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '=',
      '{',
      '}',
      '"',
      '${',
      '<<E\n',
      'E\n',
      '#',
      '/*',
      '*/',
      '[',
      ']',
      '\\',
      '\r\n',
      'variable "v" {\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const lines = text.split('\n').length;
        const { body, problems } = scanHcl(text);
        const open = [body];
        for (let block = open.pop(); block !== undefined; block = open.pop()) {
          expect(block.endLine).toBeGreaterThanOrEqual(block.line);
          expect(block.endLine).toBeLessThanOrEqual(lines);
          for (const { line, endLine } of block.attributes) expect(line <= endLine && endLine <= lines).toBe(true);
          open.push(...block.blocks);
        }
        for (const line of problems) expect(line >= 1 && line <= lines).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to the text', () => {
    for (const text of [
      'a = "'.repeat(100_000),
      'a {\n'.repeat(100_000),
      '<<E\n'.repeat(100_000),
      `a = ${'<<E\n'.repeat(50_000)}`,
      '/*'.repeat(200_000),
      'variable "a" {\nx = [\n'.repeat(30_000),
      'a /*\n'.repeat(100_000),
      `${'a /*\n'.repeat(100_000)}*/`,
      `a = [${'<<E\n${[\n'.repeat(30_000)}`,
    ])
      expect(scanHcl(text).body.endLine).toBe(text.split('\n').length);
  });
});

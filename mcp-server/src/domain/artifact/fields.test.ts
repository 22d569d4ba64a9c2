import { describe, expect, it } from 'vitest';
import { fieldsOf, inferredBy, listValue, yesNo } from './fields.ts';
import { inferredStatements } from './inferred.ts';
import { outline } from './markdown.ts';

const fields = (...body: string[]) => fieldsOf(outline(['## S', '', ...body, ''].join('\n')).sections[0]!);

describe('the fields of a block', () => {
  it('are `- Key: value` lines by their key, in any letter case and with any marks', () => {
    const found = fields(
      '- Kind: script',
      '- **Depends on:** CMP-1',
      '- `If not available` : manual',
      '* ACTION: Build',
    );
    expect([...found].map(([key, field]) => [key, field.value, field.line])).toEqual([
      ['kind', 'script', 3],
      ['depends on', 'CMP-1', 4],
      ['if not available', 'manual', 5],
      ['action', 'Build', 6],
    ]);
  });

  it('continue in nested items', () => {
    const found = fields(
      '- Expect: exit 0',
      '  - stdout contains a',
      '  - file b exists',
      '- Paths:',
      '  - a',
      '- Empty:',
    );
    expect(found.get('expect')).toEqual({
      key: 'expect',
      value: 'exit 0',
      values: ['exit 0', 'stdout contains a', 'file b exists'],
      valueLines: [3, 4, 5],
      line: 3,
    });
    expect(found.get('paths')?.values).toEqual(['a']);
    expect(found.get('empty')).toMatchObject({ value: '', values: [] });
  });

  it('keep the first of a key, and colons in the value', () => {
    const found = fields('- Key: one: two', '- key: three');
    expect(found.get('key')?.value).toBe('one: two');
    expect(found.size).toBe(1);
  });

  it('are not every item with a colon', () => {
    expect(fields('- http://x', '- 1: x', '- a.b: c', '- no field', `- ${'k'.repeat(42)}: x`, 'Key: prose').size).toBe(
      0,
    );
    expect(fields(`- ${'k'.repeat(41)}: x`).size).toBe(1);
  });

  it('can hold lists: commas and nested items alike', () => {
    const found = fields(
      '- Paths: a/, b.py ,,',
      '  - c, d',
      '- None: none',
      '- Dash: -',
      '- Na: N/A',
      '- Nonesuch: nonesuch',
    );
    expect(listValue(found.get('paths'))).toEqual(['a/', 'b.py', 'c', 'd']);
    for (const key of ['none', 'dash', 'na']) expect(listValue(found.get(key))).toEqual([]);
    expect(listValue(found.get('nonesuch'))).toEqual(['nonesuch']);
    expect(listValue(undefined)).toEqual([]);
  });
});

describe('yes and no', () => {
  it('are read in the words people use, and nothing else is guessed', () => {
    for (const text of ['yes', 'YES', 'true', 'required', 'must', 'Yes, always']) expect(yesNo(text)).toBe(true);
    for (const text of ['no', 'No.', 'false', 'optional']) expect(yesNo(text)).toBe(false);
    for (const text of ['', 'maybe', 'yesterday', 'not really', 'nope', 'so yes', 'in no case', undefined])
      expect(yesNo(text)).toBeUndefined();
  });
});

describe('inferred statements', () => {
  it('[R-ART-6] carry their reason', () => {
    expect(inferredBy('It keeps logs (inferred: no-rotation rule ).')).toBe('no-rotation rule');
    expect(inferredBy('(Inferred:x)')).toBe('x');
    expect(inferredBy('(inferred:)')).toBe('');
    for (const text of ['It keeps logs', '(inferred)', 'inferred: x', '(inferred: x'])
      expect(inferredBy(text)).toBeUndefined();
  });

  it('[R-ART-6] are listed with their lines', () => {
    expect(inferredStatements('a\n  - b (inferred: x)  \n\nc (inferred: y) d')).toEqual([
      { line: 2, text: '- b (inferred: x)' },
      { line: 4, text: 'c (inferred: y) d' },
    ]);
    expect(inferredStatements('plain')).toEqual([]);
  });
});

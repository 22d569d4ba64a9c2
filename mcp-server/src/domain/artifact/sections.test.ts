import { describe, expect, it } from 'vitest';
import { ENTRY_ID } from '../ids.ts';
import { SECTIONS } from './sections.ts';

describe('the sections that are read', () => {
  const all = Object.entries(SECTIONS).flatMap(([artifact, sections]) =>
    sections!.map((one) => ({ artifact, ...one })),
  );

  it('[R-ART-2] have titles of their own in each artifact, and prefixes that make ids', () => {
    const names = all.map((one) => `${one.artifact} ${one.title}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { prefix, form } of all) {
      if (prefix !== undefined) expect(ENTRY_ID.test(`${prefix}-1`)).toBe(true);
      if (form === 'blocks' || form === 'entries') expect(prefix).toBeDefined();
    }
  });

  it('have columns where they are tables', () => {
    const tables = all.filter((one) => one.form === 'table');
    expect(tables.map((one) => [one.title, one.columns])).toEqual([
      ['Systems', ['ID', 'System', 'Purpose', 'Required', 'If not available']],
      ['Limits', ['Limit', 'Value']],
      ['Findings', ['Need', 'Status', 'Fact', 'Evidence']],
      ['Bindings', ['Role', 'System', 'Adapter', 'Version']],
      ['Configuration', ['Name', 'Required', 'Format', 'Default', 'Secret', 'Meaning']],
    ]);
    expect(all.filter((one) => one.columns !== undefined)).toEqual(tables);
  });

  it('are required where nobody could decide without them', () => {
    expect(all.filter((one) => one.required === true).map((one) => one.title)).toEqual([
      'Problem',
      'Goal',
      'Scope',
      'Requirements',
      'Findings',
      'Components',
      'Verification',
      'Rollback',
    ]);
  });
});

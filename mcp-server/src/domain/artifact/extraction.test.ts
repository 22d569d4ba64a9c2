import { describe, expect, it } from 'vitest';
import { extractionNoteOf } from './extraction.ts';
import { outline } from './markdown.ts';

const hash = 'ab'.repeat(32);
const note = (fields: Record<string, string>, title = 'Extraction') =>
  extractionNoteOf(
    outline(
      `## ${title}\n\n${Object.entries(fields)
        .map(([key, value]) => `- ${key}: ${value}`)
        .join('\n')}\n`,
    ),
  );

describe('the note of an extracted draft', () => {
  it('says what was read, which part of it and at which commit', () => {
    expect(note({ Facts: `sha256:${hash}`, Root: 'infra/', Group: 'playbooks/dns', Commit: 'c'.repeat(40) })).toEqual({
      facts: hash,
      root: 'infra/',
      group: 'playbooks/dns',
      commit: 'c'.repeat(40),
    });
  });

  it('is of the whole project, all its entry points and no commit, where it says no other', () => {
    const whole = { facts: hash, root: '', group: undefined, commit: undefined };
    expect(note({ Facts: `sha256:${hash}` })).toEqual(whole);
    expect(note({ Facts: `sha256:${hash}`, Root: '.', Group: 'all', Commit: 'none' })).toEqual(whole);
  });

  it.each(['abcdef', 'xabcdef1', 'abcdef1x', 'ABCDEF1', 'a'.repeat(65)])('takes %s for no commit', (commit) => {
    expect(note({ Facts: `sha256:${hash}`, Commit: commit })?.commit).toBeUndefined();
  });

  it('takes an abbreviated commit', () => {
    expect(note({ Facts: `sha256:${hash}`, Commit: 'abcdef1' })?.commit).toBe('abcdef1');
  });

  it.each([hash, `sha256:${hash}0`, `x sha256:${hash}`, 'sha256:', ''])('is none without facts: %s', (facts) => {
    expect(note({ Facts: facts })).toBeUndefined();
  });

  it('is none of another section', () => {
    expect(note({ Facts: `sha256:${hash}` }, 'Problem')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { fenced, harmless, item, oneLine, place, withoutSecrets } from './safe-text.ts';
import { titleFrom } from './titles.ts';

describe('text of a source in an artifact', () => {
  it('opens no comment and marks nothing as inferred', () => {
    expect(harmless('a <!-- countersign-disable --> <!-- (INFERRED: me) (inferred: x) -->')).toBe(
      'a &lt;!-- countersign-disable --> &lt;!-- (inferred me) (inferred x) -->',
    );
  });

  it.each([
    ['a\n\tb\u0007 c', 'a b c'],
    ['a|b <c>', 'a\\|b \\<c>'],
    ['<!-- x', '&lt;!-- x'],
    ['', ''],
    ['x'.repeat(120), 'x'.repeat(120)],
    ['x'.repeat(121), `${'x'.repeat(119)}…`],
    [`${'x'.repeat(118)}|${'y'.repeat(9)}`, `${'x'.repeat(118)}…`],
  ])('is on one line and short: %.30j', (text, expected) => expect(oneLine(text)).toBe(expected));

  it('is cut where it is asked for', () => {
    expect(oneLine('abcdef', 4)).toBe('abc…');
    expect(oneLine('abcd', 4)).toBe('abcd');
  });

  it('is an item with its further lines below it', () => {
    expect(item(' a\nb\n\n  c ')).toBe('- a\n  b\n\n    c');
    expect(item('a (inferred: me)\nb ', ' (inferred: why)')).toBe('- a (inferred me)\n  b (inferred: why)');
    expect(item('')).toBe('- ');
  });

  it.each([
    ['a', '```md\na\n```'],
    ['```\na\n```', '````md\n```\na\n```\n````'],
    ['> `````', '``````md\n> `````\n``````'],
    ['a ```', '```md\na ```\n```'],
  ])('is fenced whatever fences %j has', (text, expected) => expect(fenced(text, 'md')).toBe(expected));

  it('has places that cannot end their code', () => {
    expect(place('a/b.md', 7)).toBe('`a/b.md:7`');
    expect(place('a`|\n\u202eb', 1)).toBe('`a????b:1`');
  });

  it('loses each secret, and counts the lines', () => {
    const { text, redacted } = withoutSecrets('one\npassword: hunter2hunter2\ntwo\nAKIAABCDEFGHIJKLMNOP\n');
    expect(text).toBe('one\npassword: [redacted]\ntwo\n[redacted]\n');
    expect(redacted).toBe(2);
    expect(withoutSecrets('one\ntwo')).toEqual({ text: 'one\ntwo', redacted: 0 });
  });
});

describe('a title from a sentence', () => {
  it.each([
    ['The system SHALL purge one file.', 'Purge one file'],
    ['users must be able to log in', 'Log in'],
    ['the Program should end;', 'End'],
    ['System must', 'System must'],
    ['one two three four five six seven eight nine ten', 'One two three four five six seven eight nine'],
    [`${'x'.repeat(90)} y`, `X${'x'.repeat(79)}`],
    ['', 'Requirement'],
    ['...', 'Requirement'],
  ])('%j is %j', (sentence, title) => expect(titleFrom(sentence)).toBe(title));
});

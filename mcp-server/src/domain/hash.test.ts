import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash, normaliseText, sha256 } from './hash.ts';

describe('the content hash', () => {
  it('[R-RULE-1] is SHA-256 of the UTF-8 bytes', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('\u20ac')).toBe(sha256(new Uint8Array([0xe2, 0x82, 0xac])));
    expect(contentHash('abc')).toBe(sha256('abc'));
  });

  it('[R-RULE-1] is the same for every checkout setting', () => {
    const text = fc
      .array(fc.constantFrom('a', '\n', ' ', '\u20ac', '# x'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (lf) => {
        expect(contentHash(`\ufeff${lf.replaceAll('\n', '\r\n')}`)).toBe(sha256(lf));
        expect(contentHash(lf.replaceAll('\n', '\r'))).toBe(sha256(lf));
        expect(contentHash(lf)).toBe(sha256(lf));
      }),
    );
  });

  it('[R-RULE-1] takes one byte order mark away, at the start only', () => {
    expect(normaliseText('\ufeff\ufeffa\ufeff')).toBe('\ufeffa\ufeff');
    expect(normaliseText('a\r\nb\rc\n\r')).toBe('a\nb\nc\n\n');
  });

  it('[R-RULE-1] changes with anything else, white space included', () => {
    const texts = ['a', 'a ', 'a\n', ' a', 'A', 'a\n\n', 'a\u00a0'];
    expect(new Set(texts.map(contentHash)).size).toBe(texts.length);
  });
});

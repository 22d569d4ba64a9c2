import { describe, expect, it } from 'vitest';
import { decodeAnsiC } from './ansi-c.ts';

describe("decoding what stands between $' and '", () => {
  it.each([
    ['', ''],
    ['plain text', 'plain text'],
    ['\\a\\b\\e\\E\\f\\n\\r\\t\\v', '\x07\b\x1b\x1b\f\n\r\t\v'],
    ['\\\\ \\\' \\" \\?', '\\ \' " ?'],
    ['\\\\n', '\\n'],
    // Octal: at most three digits, of which eight bits count.
    ['\\7', '\x07'],
    ['\\101\\1012', 'AA2'],
    ['\\77x\\8', '?x\\8'],
    ['\\501', 'A'],
    ['\\177', '\x7f'],
    // Hexadecimal: at most two digits.
    ['\\x9\\x41\\x4aG\\x4A1', '\tAJGJ1'],
    ['\\x7f', '\x7f'],
    ['\\xg', '\\xg'],
    // Bytes above 0x7f are UTF-8, whatever form they have; what is none is replaced.
    ['\\xc3\\xa9', 'é'],
    ['\\303\\xa9!', 'é!'],
    ['a\\xe2\\x82\\xacb', 'a€b'],
    ['\\xc3\\u41\\xa9', '\ufffdA\ufffd'],
    ['\\xc3x\\xa9', '\ufffdx\ufffd'],
    ['\\xc3\\x41', '\ufffdA'],
    ['\\x80', '\ufffd'],
    ['\\xff\\n', '\ufffd\n'],
    // Code points: four digits, eight digits, nothing beyond Unicode.
    ['\\u41\\u20AC1', 'A€1'],
    ['\\U0001F600\\U1f600', '😀😀'],
    ['\\U00000041', 'A'],
    ['\\UFFFFFFFF', '\u{10ffff}'],
    ['\\U10ffff\\U110000', '\u{10ffff}\u{10ffff}'],
    ['\\u\\U\\uz', '\\u\\U\\uz'],
    // Control characters.
    ['\\cA\\ca\\c[\\c?', '\x01\x01\x1b\x7f'],
    ['\\c\n', '\n'],
    ['\\c', '\\c'],
    // A control backslash is written as two (POSIX.1-2024, 2.2.4).
    ['\\c\\\\x\\c\\n', '\x1cx\x1cn'],
    // A NUL ends the text, a byte that waits for its other half included.
    ['a\\0b', 'a'],
    ['a\\x00b', 'a'],
    ['a\\u0000b', 'a'],
    ['a\\U00000000b', 'a'],
    ['a\\U0b', 'a\x0b'],
    ['a\\c@b', 'a'],
    ['a\\400b', 'a'],
    ['\\xc3\\xa9\\0x', 'é'],
    // Unknown escapes keep their backslash, also at the end.
    ['\\d\\9 \\z', '\\d\\9 \\z'],
    ['end\\', 'end\\'],
  ])('%j gives %j', (source, text) => {
    expect(decodeAnsiC(source)).toBe(text);
  });
});

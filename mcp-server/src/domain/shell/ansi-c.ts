const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

const ESCAPE =
  /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(\\\\|[\s\S])|([abeEfnrtv\\'"?]))/g;

/**
 * Decodes what stands between `$'` and `'` (bash manual 3.1.2.4). Bytes are read as UTF-8; as in bash, a NUL ends the
 * text, and an unknown escape keeps its backslash. `\c\\` is one control character (POSIX.1-2024, 2.2.4).
 */
export function decodeAnsiC(source: string): string {
  if (!source.includes('\\')) return source;
  // Bytes above 0x7f may be halves of one character, so neighbours are decoded together.
  let out = '';
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) out += new TextDecoder().decode(new Uint8Array(bytes));
    bytes = [];
  };
  let last = 0;
  for (const match of source.matchAll(ESCAPE)) {
    const [all, octal, hex, short, long, control, simple] = match;
    if (match.index > last) {
      flush();
      out += source.slice(last, match.index);
    }
    last = match.index + all.length;
    const byte =
      octal !== undefined ? Number.parseInt(octal, 8) & 0xff : hex !== undefined ? Number.parseInt(hex, 16) : -1;
    if (byte > 0x7f) {
      bytes.push(byte);
      continue;
    }
    flush();
    const code = byte >= 0 ? byte : codePoint(short ?? long, control);
    if (code === 0) return out;
    out += code === undefined ? SIMPLE[simple ?? ''] : String.fromCodePoint(code);
  }
  flush();
  return out + source.slice(last);
}

function codePoint(hex: string | undefined, control: string | undefined): number | undefined {
  if (hex !== undefined) return Math.min(Number.parseInt(hex, 16), 0x10ffff);
  if (control !== undefined) return control === '?' ? 0x7f : control.charCodeAt(0) & 0x1f;
  return undefined;
}

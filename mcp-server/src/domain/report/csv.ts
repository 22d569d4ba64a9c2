/**
 * Rows as CSV (RFC 4180): every field quoted, CRLF. A field that a spreadsheet would take for a formula gets an apostrophe
 * before it (OWASP, CSV Injection), because what people and agents wrote comes into it.
 */
export function csv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

const field = (text: string) => `"${guarded(text.replace(STEERING, '')).replaceAll('"', '""')}"`;

/** Control characters but for tabs and line ends, and marks that are not seen. */
const STEERING = /(?![\t\r\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What starts a formula, in full width too, after blanks that some programs take away. */
const FORMULA = /^[\s'"]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]|^[\t\r\n]/;

const guarded = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

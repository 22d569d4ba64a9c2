/**
 * A fact's id from its parts, such as `kubernetes/lab/quota/web`. A part keeps letters, digits and `. _ @ : + -`; anything else
 * becomes `~` and two hex digits a byte (UTF-8), so that an id can be cited in a table cell and two names never share one.
 */
export function factId(...parts: readonly string[]): string {
  return parts.map(encodePart).join('/');
}

function encodePart(part: string): string {
  return part.replace(/[^A-Za-z0-9._@:+-]/gu, (char) =>
    [...new TextEncoder().encode(char)].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/** The words of an id as people read them: the escapes undone. */
export function readableId(id: string): string {
  const bytes: number[] = [];
  const utf8 = new TextEncoder();
  for (let at = 0; at < id.length; at++) {
    const code = id[at] === '~' ? Number.parseInt(id.slice(at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(code)) bytes.push(...utf8.encode(id[at]!));
    else {
      bytes.push(code);
      at += 2;
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** A value that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Canonical JSON (RFC 8785, JCS): members sorted by UTF-16 code units, no white space, ECMAScript number form.
 * Members whose value is undefined are left out, as JSON.stringify does.
 *
 * @throws TypeError for what I-JSON cannot carry: NaN, infinities, lone surrogates, other types.
 */
export function canonical(value: Json): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no ${value}`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : members(value as { readonly [key: string]: Json | undefined });
    default:
      throw new TypeError(`canonical JSON has no ${typeof value}`);
  }
}

function list(values: readonly Json[]): string {
  return `[${values.map(canonical).join(',')}]`;
}

function members(value: { readonly [key: string]: Json | undefined }): string {
  const parts: string[] = [];
  // The default sort compares UTF-16 code units, which is what RFC 8785 section 3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) parts.push(`${quote(key)}:${canonical(member)}`);
  }
  return `{${parts.join(',')}}`;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('canonical JSON has no lone surrogates');
  return JSON.stringify(text);
}

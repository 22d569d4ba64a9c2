/** Reading values that somebody else wrote: what is not of the wanted kind is not there. */
export type Fields = { readonly [key: string]: unknown };

export function fieldsOf(value: unknown): Fields | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The first of these keys that holds a text that is not empty, or a number. */
export function text(fields: Fields | undefined, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = fields?.[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

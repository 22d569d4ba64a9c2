/** Dotted name of a value, as charts' documentation writes it; a key that holds dots or blanks is quoted. */
export function valuePath(parent: string, key: string): string {
  const part = /[.\s"]/.test(key) ? `"${key}"` : key;
  return parent === '' ? part : `${parent}.${part}`;
}

import { parseDocument } from 'yaml';
import { beyondBounds } from '../yaml/bounds.ts';

/** One value of a file of values. */
type Values = Map<string, string>;

/**
 * What an environment's files of values say otherwise than those for all environments, by key: `added`, `changed`. Values
 * do not show, for some are secrets. Files that are no YAML or JSON are not compared.
 */
export function overlayDiffers(base: readonly string[], overlay: readonly string[]): string[] {
  const [common, own] = [base, overlay].map(merged) as [Values, Values];
  return [...own].flatMap(([key, value]) => {
    const before = common.get(key);
    if (before === undefined) return [`${key} is set here only`];
    return before === value ? [] : [`${key} is another`];
  });
}

function merged(texts: readonly string[]): Values {
  const all: Values = new Map();
  for (const text of texts) {
    if (beyondBounds(text) !== undefined) continue;
    const document = parseDocument(text, { logLevel: 'error' });
    if (document.errors.length === 0) flatten(document.toJS({ maxAliasCount: 100 }), '', all);
  }
  return all;
}

function flatten(value: unknown, at: string, into: Values): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (at !== '') into.set(at, JSON.stringify(value));
    return;
  }
  for (const [key, one] of Object.entries(value)) flatten(one, at === '' ? key : `${at}.${key}`, into);
}
